# SPDX-License-Identifier: Apache-2.0
"""What moto 5.2.5 takes long for and need not: without this, most of its time in our tests."""

from moto.core.serialize import BaseJSONSerializer


def attribute_values_as_they_are(serialize):
    # DynamoDB's model keeps an attribute as it is sent. Moto looks at each one for ten members under some ten names.
    def structure(self, serialized, value, shape, key):
        if shape.name == "AttributeValue" and isinstance(value, dict):
            serialized[key] = value
        else:
            serialize(self, serialized, value, shape, key)

    return structure


def up():
    BaseJSONSerializer._serialize_type_structure = attribute_values_as_they_are(
        BaseJSONSerializer._serialize_type_structure
    )
