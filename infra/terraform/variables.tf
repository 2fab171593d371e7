# SPDX-License-Identifier: Apache-2.0
# One variable for each parameter of infra/template.yaml; null leaves the template's default in force. A test compares both.

variable "stack_name" {
  description = "Name of the CloudFormation stack; the command line finds the issuer by it (--stack)."
  type        = string
  default     = "taskbound"
}

variable "template_file" {
  description = "The template that infra/package --bucket has written, such as target/stack/template.yaml."
  type        = string
}

variable "bucket" {
  description = "The bucket that infra/package --bucket put the function's zip into; the template goes there too."
  type        = string
}

variable "issuer_url" {
  description = "PERMANENT. The https URL that every token, every policy of a resource server and every cloud's trust names as the issuer; a change makes all of them invalid. Such as https://tokens.acme.example, without a path. \"auto\" uses the URL that AWS makes up for the API: only for a trial, because the URL is gone when the stack is deleted."
  type        = string
}

variable "protect" {
  description = "true: table and audit log cannot be deleted, and they and the keys stay when the stack is deleted. false for a trial, which then leaves nothing behind."
  type        = bool
  default     = null
}

variable "signer" {
  description = "kms: KMS signs each token and nobody can copy the key. sealed: the function signs, with a key that KMS opens for it after each start; this is faster and cheaper at volume, but anyone who reads the function's memory has the key."
  type        = string
  default     = null
}

variable "sealed_key_with_offline_servers" {
  description = "\"accepted\" allows resource servers with `checks: offline` in the policy together with the sealed signer: they accept whatever a stolen key signs, and nobody notices. Empty: such a policy is refused."
  type        = string
  default     = null
}

variable "rotate_after_days" {
  description = "Days after which the newest signing key is old and the schedule makes the next one."
  type        = number
  default     = null
}

variable "publish_for_hours" {
  description = "Hours for which a new signing key is published before it signs."
  type        = number
  default     = null
}

variable "policy_file" {
  description = "A policy as canonical JSON that you have put into the function's zip. If it is empty, the policy is the one in the table, published and signed by `taskbound policy push`."
  type        = string
  default     = null
}

variable "private_provider_hosts" {
  description = "Hosts of CI providers and of OpenBao that may be reached at private addresses, separated by commas, such as ci.internal.example. Needs SubnetIds. A provider with a pinned key set needs neither."
  type        = string
  default     = null
}

variable "credential_role_arns" {
  description = "Roles that steps get sessions of: `role_arn` of each resource server of the kind aws-role in the policy, separated by commas (docs/credentials-aws.md). Empty: none. Each role must trust the issuer's role as well."
  type        = list(string)
  default     = null
}

variable "github_app_key_arns" {
  description = "Keys of KMS into which you imported the keys of GitHub Apps, separated by commas (docs/credentials-github.md). Empty: none; a key that is sealed in the table needs nothing here."
  type        = list(string)
  default     = null
}

variable "architecture" {
  description = "The function's processor. The zip is the same for both."
  type        = string
  default     = null
}

variable "memory_size" {
  description = "The function's memory in MB; processor time comes in proportion."
  type        = number
  default     = null
}

variable "reserved_concurrency" {
  description = "Instances that are reserved for the issuer, and its maximum. 0 reserves none, which an account with a small quota needs (Lambda requires 100 to stay unreserved)."
  type        = number
  default     = null
}

variable "rollout" {
  description = "How a new version is rolled out. An alarm meanwhile rolls it back."
  type        = string
  default     = null
}

variable "subnet_ids" {
  description = "Subnets for the function, only needed for providers on private addresses. They must reach DynamoDB, KMS, the public providers and, with CredentialRoleArns, STS. Empty: the function is not in your VPC."
  type        = list(string)
  default     = null
}

variable "security_group_ids" {
  description = "Security groups of the function, with SubnetIds."
  type        = list(string)
  default     = null
}

variable "throttle_rate" {
  description = "Requests per second that the API accepts of each kind (mint, renew, revoke, ...); more get 429. Of what is none, 10."
  type        = number
  default     = null
}

variable "throttle_burst" {
  description = "Requests of each kind that the API accepts at once."
  type        = number
  default     = null
}

variable "certificate_arn" {
  description = "Certificate (ACM, in this Region) for the host of IssuerUrl; with CloudFront for OriginDomain. With it the API answers at that name, and its execute-api address is turned off. Empty: only at the execute-api address."
  type        = string
  default     = null
}

variable "hosted_zone_id" {
  description = "Public Route 53 zone of IssuerUrl, where the stack writes the names. Empty: you write them yourself; the outputs say which."
  type        = string
  default     = null
}

variable "cloud_front_certificate_arn" {
  description = "Certificate for the host of IssuerUrl, for CloudFront, which only takes it from us-east-1. Empty: no CloudFront."
  type        = string
  default     = null
}

variable "web_acl_arn" {
  description = "WAF web ACL of scope CLOUDFRONT, which is always in us-east-1, wherever this stack is; infra/waf.yaml makes one."
  type        = string
  default     = null
}

variable "origin_domain" {
  description = "The name by which CloudFront reaches the API, such as origin.tokens.acme.example. Not the host of IssuerUrl."
  type        = string
  default     = null
}

variable "origin_client_certificate_arn" {
  description = "Client certificate (ACM, us-east-1) that CloudFront presents to the API. Without it, anyone who knows OriginDomain can bypass the WAF and its limits; tokens stay as safe."
  type        = string
  default     = null
}

variable "origin_truststore_uri" {
  description = "PEM file of the authority that issued it, such as s3://bucket/origin-ca.pem; with it the API asks for one."
  type        = string
  default     = null
}

variable "vpc_endpoint_id" {
  description = "Interface endpoint (execute-api) of your VPC. With it, everything but JWKS and metadata is answered only through that endpoint. API Gateway must be allowed to write logs in this account and Region."
  type        = string
  default     = null
}

variable "publisher_repository" {
  description = "The GitHub repository that holds the policy and may publish it, as owner/name. Empty for none."
  type        = string
  default     = null
}

variable "publisher_repository_id" {
  description = "Its id, which no other repository ever gets: gh api repos/OWNER/NAME --jq .id"
  type        = string
  default     = null
}

variable "publisher_owner_id" {
  description = "Its owner's id: gh api repos/OWNER/NAME --jq .owner.id"
  type        = string
  default     = null
}

variable "publisher_environment" {
  description = "The environment of that repository whose jobs may publish; give it reviewers and the branch main."
  type        = string
  default     = null
}

variable "github_provider_arn" {
  description = "IAM's provider token.actions.githubusercontent.com; an account has only one. Empty: the stack makes it."
  type        = string
  default     = null
}

variable "audit_days" {
  description = "Days for which the audit log is kept."
  type        = number
  default     = null
}

variable "access_log_days" {
  description = "Days for which the API's access log is kept; it holds callers' IP addresses."
  type        = number
  default     = null
}

variable "alarm_topic" {
  description = "SNS topic that alarms notify. Empty: alarms are only seen in the console."
  type        = string
  default     = null
}

variable "missing_close_threshold" {
  description = "How many tokens that nobody closed within 5 min raise the alarm MissingClose. Where machines are taken away as part of the plan, such as spot instances, a few in each hour are usual."
  type        = number
  default     = null
}

variable "runbook_url" {
  description = "Where your team finds docs/runbook.md; each alarm links to its section there."
  type        = string
  default     = null
}

variable "event_bus_name" {
  description = "The EventBridge bus of this account and Region that is told what became of tokens, such as \"default\" (docs/events.md). Empty: no events are published."
  type        = string
  default     = null
}

variable "tracing" {
  description = "xray: Lambda traces calls of the issuer's function with AWS X-Ray (docs/monitoring.md). none: no traces, and no right to write them."
  type        = string
  default     = null
}

variable "budget_usd" {
  description = "US dollars a month that this account should not exceed; BudgetEmail is told at 80 % and when the forecast exceeds it. It counts the whole account. 0: no budget."
  type        = number
  default     = null
}

variable "budget_email" {
  description = "Who is told of the budget. Needed with BudgetUsd."
  type        = string
  default     = null
}
