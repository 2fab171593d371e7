# SPDX-License-Identifier: Apache-2.0
# The packaged template as a stack of CloudFormation: Terraform keeps the stack, and the stack the issuer.

locals {
  # What is null is not passed on.
  parameters = {
    IssuerUrl                   = var.issuer_url
    Protect                     = var.protect
    Signer                      = var.signer
    SealedKeyWithOfflineServers = var.sealed_key_with_offline_servers
    RotateAfterDays             = var.rotate_after_days
    PublishForHours             = var.publish_for_hours
    PolicyFile                  = var.policy_file
    PrivateProviderHosts        = var.private_provider_hosts
    CredentialRoleArns          = var.credential_role_arns == null ? null : join(",", var.credential_role_arns)
    GithubAppKeyArns            = var.github_app_key_arns == null ? null : join(",", var.github_app_key_arns)
    Architecture                = var.architecture
    MemorySize                  = var.memory_size
    ReservedConcurrency         = var.reserved_concurrency
    Rollout                     = var.rollout
    SubnetIds                   = var.subnet_ids == null ? null : join(",", var.subnet_ids)
    SecurityGroupIds            = var.security_group_ids == null ? null : join(",", var.security_group_ids)
    ThrottleRate                = var.throttle_rate
    ThrottleBurst               = var.throttle_burst
    CertificateArn              = var.certificate_arn
    HostedZoneId                = var.hosted_zone_id
    CloudFrontCertificateArn    = var.cloud_front_certificate_arn
    WebAclArn                   = var.web_acl_arn
    OriginDomain                = var.origin_domain
    OriginClientCertificateArn  = var.origin_client_certificate_arn
    OriginTruststoreUri         = var.origin_truststore_uri
    VpcEndpointId               = var.vpc_endpoint_id
    PublisherRepository         = var.publisher_repository
    PublisherRepositoryId       = var.publisher_repository_id
    PublisherOwnerId            = var.publisher_owner_id
    PublisherEnvironment        = var.publisher_environment
    GithubProviderArn           = var.github_provider_arn
    AuditDays                   = var.audit_days
    AccessLogDays               = var.access_log_days
    AlarmTopic                  = var.alarm_topic
    MissingCloseThreshold       = var.missing_close_threshold
    RunbookUrl                  = var.runbook_url
    EventBusName                = var.event_bus_name
    Tracing                     = var.tracing
    BudgetUsd                   = var.budget_usd
    BudgetEmail                 = var.budget_email
  }
}

# It is too large to be sent directly.
resource "aws_s3_object" "template" {
  bucket = var.bucket
  key    = "${var.stack_name}/template-${filemd5(var.template_file)}.yaml"
  source = var.template_file
}

data "aws_s3_bucket" "deployments" {
  bucket = var.bucket
}

resource "aws_cloudformation_stack" "issuer" {
  name         = var.stack_name
  template_url = "https://${data.aws_s3_bucket.deployments.bucket_regional_domain_name}/${aws_s3_object.template.key}"
  capabilities = ["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"]
  parameters   = { for name, value in local.parameters : name => tostring(value) if value != null }

  # Publishing a version of a function with SnapStart takes minutes, and the rollout comes on top.
  timeouts {
    create = "60m"
    update = "60m"
  }
}
