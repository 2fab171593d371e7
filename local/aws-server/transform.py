# SPDX-License-Identifier: Apache-2.0
"""What CloudFormation does with a SAM template when it is deployed: template in, plain CloudFormation (JSON) out.

usage: transform.py TEMPLATE [NAME=VALUE ...]
"""

import json
import os
import sys

from samtranslator.model.exceptions import InvalidDocumentException
from samtranslator.translator.transform import transform
from samtranslator.yaml_helper import yaml_parse

MANAGED = {
    name: "arn:aws:iam::aws:policy/service-role/" + name
    for name in ("AWSLambdaBasicExecutionRole", "AWSCodeDeployRoleForLambda")
}


class ManagedPolicies:
    """Stands in for IAM's list of its own policies."""

    def load(self):
        return MANAGED


def main(path, settings):
    with open(path, encoding="utf-8") as file:
        template = yaml_parse(file.read())
    os.environ.setdefault("AWS_DEFAULT_REGION", "us-east-1")
    given = dict(setting.split("=", 1) for setting in settings)
    try:
        plain = transform(template, given, ManagedPolicies())
    except InvalidDocumentException as refused:
        sys.exit("\n".join(cause.message for cause in refused.causes))
    json.dump(plain, sys.stdout, indent=1)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
