# SPDX-License-Identifier: Apache-2.0
"""What CloudFormation does with a SAM template when it is deployed: template in, plain CloudFormation (JSON) out.

Where the template asks for AWS::LanguageExtensions first, SAM sees the values of parameters and not their names, as on AWS.

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


def with_values(written, values):
    """Parameters' values in the place of their names. What hangs on a resource or a condition stays for later."""
    if isinstance(written, list):
        return [with_values(item, values) for item in written]
    if not isinstance(written, dict):
        return written
    if set(written) == {"Ref"} and written["Ref"] in values:
        return values[written["Ref"]]
    if set(written) == {"Fn::Sub"}:
        text, *own = written["Fn::Sub"] if isinstance(written["Fn::Sub"], list) else [written["Fn::Sub"]]
        for name, value in values.items():
            text = text.replace("${%s}" % name, str(value))
        return {"Fn::Sub": [text, with_values(own[0], values)] if own else text}
    return {name: with_values(below, values) for name, below in written.items()}


def value(declared, given):
    text = given if given is not None else declared.get("Default")
    return text.split(",") if declared["Type"] == "CommaDelimitedList" and isinstance(text, str) else text


def main(path, settings):
    with open(path, encoding="utf-8") as file:
        template = yaml_parse(file.read())
    os.environ.setdefault("AWS_DEFAULT_REGION", "us-east-1")
    given = dict(setting.split("=", 1) for setting in settings)
    if "AWS::LanguageExtensions" in template.get("Transform", []):
        values = {
            name: value(declared, given.get(name))
            for name, declared in template.get("Parameters", {}).items()
            if name in given or "Default" in declared
        }
        for part in ("Globals", "Resources", "Outputs", "Conditions"):
            template[part] = with_values(template.get(part, {}), values)
    try:
        plain = transform(template, given, ManagedPolicies())
    except InvalidDocumentException as refused:
        sys.exit("\n".join(cause.message for cause in refused.causes))
    json.dump(plain, sys.stdout, indent=1)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
