# SPDX-License-Identifier: Apache-2.0
"""Reads lines of the aws command line from stdin, and prints what AWS's own description of its services does not know of them."""

import shlex
import sys

import botocore.exceptions
import botocore.session
from botocore import xform_name

session = botocore.session.get_session()


def options_of(operation):
    """Each option, and whether it must be there; a truth value has one to turn it off."""
    shape = operation.input_shape
    for name, member in shape.members.items() if shape else ():
        yield "--" + xform_name(name, "-"), name in shape.required_members
        if member.type_name == "boolean":
            yield "--no-" + xform_name(name, "-"), False


def faults(line):
    words = shlex.split(line)
    try:
        service = session.get_service_model(words[1])
    except botocore.exceptions.UnknownServiceError:
        return ["no service " + words[1]]
    operations = {xform_name(name, "-"): name for name in service.operation_names}
    if words[2] not in operations:
        return ["no operation " + words[2]]
    known = dict(options_of(service.operation_model(operations[words[2]])))
    given = [word for word in words[3:] if word.startswith("--")]
    unknown = ["unknown " + option for option in given if option not in known]
    return unknown + ["missing " + option for option, needed in known.items() if needed and option not in given]


for line in sys.stdin:
    for fault in faults(line):
        print(line.strip() + ": " + fault)
