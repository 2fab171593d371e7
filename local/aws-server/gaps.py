# SPDX-License-Identifier: Apache-2.0
"""What AWS does and moto 5.2.5 leaves out.

KMS: signing a digest as it is (MessageType DIGEST), and naming the key's spec.
CloudFormation: a KMS key of the template's spec, usage and tags; a table's TTL; an HTTP API; the alias of a
function; AWS::NoValue in a list; a log group's subscription; what becomes of a function's failed events.
Lambda: running functions without Docker. What it would invoke a function with goes into the queue
`invocations-FUNCTION`, if there is one, for whoever runs the function.
"""

import json
from contextvars import ContextVar

from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from moto.apigatewayv2.models import apigatewayv2_backends
from moto.awslambda.models import LambdaFunction, LambdaVersion
from moto.awslambda.utils import get_backend
from moto.cloudformation import parsing
from moto.core.common_models import CloudFormationModel
from moto.dynamodb.models import dynamodb_backends
from moto.dynamodb.models.table import Table
from moto.kms.models import Key, kms_backends
from moto.kms.responses import KmsResponse
from moto.kms.utils import ECDSAPrivateKey
from moto.logs.models import logs_backends
from moto.sqs.models import sqs_backends

is_digest = ContextVar("is_digest", default=False)


def heeding_message_type(call):
    def heed(self):
        is_digest.set(self._get_param("MessageType") == "DIGEST")
        return call(self)

    return heed


def not_hashed_again(algorithm):
    def choose(self, signing_algorithm):
        chosen = algorithm(self, signing_algorithm)
        return Prehashed(chosen) if is_digest.get() else chosen

    return choose


def naming_key_spec(call):
    def name(self):
        answer = json.loads(call(self))
        return json.dumps({"KeySpec": answer["CustomerMasterKeySpec"], **answer})

    return name


def as_the_template_says(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
    properties = cloudformation_json["Properties"]
    key = kms_backends[account_id][region_name].create_key(
        policy=json.dumps(properties["KeyPolicy"]),
        key_usage=properties.get("KeyUsage", "ENCRYPT_DECRYPT"),
        key_spec=properties.get("KeySpec", "SYMMETRIC_DEFAULT"),
        description=properties.get("Description"),
        tags=[{"TagKey": tag["Key"], "TagValue": tag["Value"]} for tag in properties.get("Tags", [])],
    )
    key.key_rotation_status = properties.get("EnableKeyRotation", False)
    return key


def with_its_time_to_live(create):
    def table(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
        made = create(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs)
        specification = cloudformation_json["Properties"].get("TimeToLiveSpecification")
        if specification:
            dynamodb_backends[account_id][region_name].update_time_to_live(made.name, specification)
        return made

    return table


class HttpApi(CloudFormationModel):
    # Models are counted by where they say they come from.
    __module__ = "moto.apigatewayv2.models"

    def __init__(self, api_id):
        self.physical_resource_id = api_id

    @staticmethod
    def cloudformation_name_type():
        return ""

    @staticmethod
    def cloudformation_type():
        return "AWS::ApiGatewayV2::Api"

    @classmethod
    def create_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
        properties = cloudformation_json["Properties"]
        api = apigatewayv2_backends[account_id][region_name].create_api(
            api_key_selection_expression=None,
            cors_configuration=None,
            description=properties.get("Description"),
            disable_schema_validation=None,
            disable_execute_api_endpoint=properties.get("DisableExecuteApiEndpoint"),
            name=properties["Name"],
            protocol_type=properties["ProtocolType"],
            route_selection_expression=None,
            tags=None,
            version=None,
        )
        return cls(api.api_id)


class Alias(CloudFormationModel):
    __module__ = "moto.awslambda.models"

    def __init__(self, arn):
        self.physical_resource_id = arn

    @staticmethod
    def cloudformation_name_type():
        return ""

    @staticmethod
    def cloudformation_type():
        return "AWS::Lambda::Alias"

    @classmethod
    def create_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
        properties = cloudformation_json["Properties"]
        made = get_backend(account_id, region_name).create_alias(
            name=properties["Name"],
            function_name=properties["FunctionName"],
            function_version=properties.get("FunctionVersion", "1"),
            description="",
            routing_config=None,
        )
        return cls(made.arn)


class Subscription(CloudFormationModel):
    __module__ = "moto.logs.models"

    def __init__(self, name):
        self.physical_resource_id = name

    @staticmethod
    def cloudformation_name_type():
        return ""

    @staticmethod
    def cloudformation_type():
        return "AWS::Logs::SubscriptionFilter"

    @classmethod
    def create_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
        properties = cloudformation_json["Properties"]
        logs_backends[account_id][region_name].put_subscription_filter(
            log_group_name=properties["LogGroupName"],
            filter_name=resource_name,
            filter_pattern=properties["FilterPattern"],
            destination_arn=properties["DestinationArn"],
            role_arn=properties.get("RoleArn"),
        )
        return cls(resource_name)


class FailedEvents(CloudFormationModel):
    __module__ = "moto.awslambda.models"

    def __init__(self, arn):
        self.physical_resource_id = arn

    @staticmethod
    def cloudformation_name_type():
        return ""

    @staticmethod
    def cloudformation_type():
        return "AWS::Lambda::EventInvokeConfig"

    @classmethod
    def create_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
        settings = dict(cloudformation_json["Properties"])
        name, _ = settings.pop("FunctionName"), settings.pop("Qualifier")
        made = get_backend(account_id, region_name).put_function_event_invoke_config(name, settings)
        return cls(made["FunctionArn"])


def left_in_a_queue(invoke):
    def leave(self, body, request_headers, response_headers):
        queue = "invocations-" + self.function_name
        queues = sqs_backends[self.account_id][self.region]
        if queue not in queues.queues:
            return invoke(self, body, request_headers, response_headers)
        queues.send_message(queue, body)
        return b""

    return leave


def without_no_value(clean):
    def clean_lists_too(value, resources):
        cleaned = clean(value, resources)
        return [item for item in cleaned if item is not None] if isinstance(cleaned, list) else cleaned

    return clean_lists_too


def of_a_version(self, name):
    return str(self.version)


def close():
    LambdaFunction.invoke = left_in_a_queue(LambdaFunction.invoke)
    LambdaVersion.get_cfn_attribute = of_a_version
    parsing.clean_json = without_no_value(parsing.clean_json)
    Key.create_from_cloudformation_json = classmethod(as_the_template_says)
    Table.create_from_cloudformation_json = classmethod(
        with_its_time_to_live(Table.create_from_cloudformation_json.__func__)
    )
    KmsResponse.sign = heeding_message_type(KmsResponse.sign)
    KmsResponse.verify = heeding_message_type(KmsResponse.verify)
    KmsResponse.get_public_key = naming_key_spec(KmsResponse.get_public_key)
    hidden = "_ECDSAPrivateKey__hash_algorithm"
    setattr(ECDSAPrivateKey, hidden, not_hashed_again(getattr(ECDSAPrivateKey, hidden)))
