# SPDX-License-Identifier: Apache-2.0
"""Where moto 5.2.5 would spend most of its time in our tests, without need."""

from moto.core.serialize import BaseJSONSerializer


def attribute_values_as_they_are(serialize):
    # DynamoDB's model keeps an attribute as it is sent. Moto looks in each one for every member under several names.
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
