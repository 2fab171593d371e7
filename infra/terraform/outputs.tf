# SPDX-License-Identifier: Apache-2.0
# The outputs of infra/template.yaml; null where the stack has none, because its parameters turn that part off.

output "issuer_url" {
  description = "The issuer, as clients, resource servers and clouds name it (permanent)"
  value       = lookup(aws_cloudformation_stack.issuer.outputs, "IssuerUrl", null)
}

output "jwks_url" {
  description = "The public keys that check its tokens"
  value       = lookup(aws_cloudformation_stack.issuer.outputs, "JwksUrl", null)
}

output "action_settings" {
  description = "For a GitHub workflow, under the action's `with`"
  value       = lookup(aws_cloudformation_stack.issuer.outputs, "ActionSettings", null)
}

output "jenkins_settings" {
  description = "For Jenkins, as configuration as code"
  value       = lookup(aws_cloudformation_stack.issuer.outputs, "JenkinsSettings", null)
}

output "command_line_settings" {
  description = "For administrators' shells. With it, `taskbound` finds table, keys, functions and log by itself"
  value       = lookup(aws_cloudformation_stack.issuer.outputs, "CommandLineSettings", null)
}

output "dashboard_url" {
  description = "What happens now, in CloudWatch's console"
  value       = lookup(aws_cloudformation_stack.issuer.outputs, "DashboardUrl", null)
}

output "table_name" {
  description = "For `taskbound policy push`, `tokens` and `keys`, as --table"
  value       = lookup(aws_cloudformation_stack.issuer.outputs, "TableName", null)
}

output "audit_log_group" {
  description = "For `taskbound policy explain`, as --log-group"
  value       = lookup(aws_cloudformation_stack.issuer.outputs, "AuditLogGroup", null)
}

output "access_log_group" {
  description = "The API's access log"
  value       = lookup(aws_cloudformation_stack.issuer.outputs, "AccessLogGroup", null)
}

output "rotation_log_group" {
  description = "The log of the key rotation"
  value       = lookup(aws_cloudformation_stack.issuer.outputs, "RotationLogGroup", null)
}

output "sweep_function_name" {
  description = "The sweeper, which a schedule runs each minute"
  value       = lookup(aws_cloudformation_stack.issuer.outputs, "SweepFunctionName", null)
}

output "issuer_role_arn" {
  description = "For infra/target-role.yaml and the trust policies of the roles in CredentialRoleArns"
  value       = lookup(aws_cloudformation_stack.issuer.outputs, "IssuerRoleArn", null)
}

output "function_name" {
  description = "The issuer's function; its alias `live` is what the API calls"
  value       = lookup(aws_cloudformation_stack.issuer.outputs, "FunctionName", null)
}

output "rotation_function_name" {
  description = "For `taskbound keys`, as --function; makes the next signing key when it is due"
  value       = lookup(aws_cloudformation_stack.issuer.outputs, "RotationFunctionName", null)
}

output "events_failed_queue_url" {
  description = "Where deliveries of events wait that failed"
  value       = lookup(aws_cloudformation_stack.issuer.outputs, "EventsFailedQueueUrl", null)
}

output "policy_key_arn" {
  description = "For `taskbound policy push`, the key that signs policies"
  value       = lookup(aws_cloudformation_stack.issuer.outputs, "PolicyKeyArn", null)
}

output "secrets_key_arn" {
  description = "For `taskbound hooks secret`, the key that seals the secrets of hooks"
  value       = lookup(aws_cloudformation_stack.issuer.outputs, "SecretsKeyArn", null)
}

output "signing_key_arn" {
  description = "The first signing key, or the one that seals them"
  value       = lookup(aws_cloudformation_stack.issuer.outputs, "SigningKeyArn", null)
}

output "administrator_policy_arn" {
  description = "Restores and repairs"
  value       = lookup(aws_cloudformation_stack.issuer.outputs, "AdministratorPolicyArn", null)
}

output "auditor_policy_arn" {
  description = "Reads everything, changes nothing"
  value       = lookup(aws_cloudformation_stack.issuer.outputs, "AuditorPolicyArn", null)
}

output "operator_policy_arn" {
  description = "Lists and revokes tokens"
  value       = lookup(aws_cloudformation_stack.issuer.outputs, "OperatorPolicyArn", null)
}

output "rotator_policy_arn" {
  description = "Has signing keys rotated and retired by the function"
  value       = lookup(aws_cloudformation_stack.issuer.outputs, "RotatorPolicyArn", null)
}

output "hooks_policy_arn" {
  description = "Makes and retires secrets of hooks"
  value       = lookup(aws_cloudformation_stack.issuer.outputs, "HooksPolicyArn", null)
}

output "github_apps_policy_arn" {
  description = "Imports keys of GitHub Apps"
  value       = lookup(aws_cloudformation_stack.issuer.outputs, "GithubAppsPolicyArn", null)
}

output "publisher_policy_arn" {
  description = "Publishes policies"
  value       = lookup(aws_cloudformation_stack.issuer.outputs, "PublisherPolicyArn", null)
}

output "publisher_role_arn" {
  description = "For aws-actions/configure-aws-credentials in the repository that publishes policies, as role-to-assume"
  value       = lookup(aws_cloudformation_stack.issuer.outputs, "PublisherRoleArn", null)
}

output "name_to_point_at_the_api" {
  description = "Without HostedZoneId, a CNAME from the host of IssuerUrl (with CloudFront from OriginDomain) goes here"
  value       = lookup(aws_cloudformation_stack.issuer.outputs, "NameToPointAtTheApi", null)
}

output "name_to_point_at_cloud_front" {
  description = "Without HostedZoneId, a CNAME from the host of IssuerUrl goes here"
  value       = lookup(aws_cloudformation_stack.issuer.outputs, "NameToPointAtCloudFront", null)
}

output "execute_api_url" {
  description = "Where the API answers while no name of your own points to it; turned off with CertificateArn"
  value       = lookup(aws_cloudformation_stack.issuer.outputs, "ExecuteApiUrl", null)
}
