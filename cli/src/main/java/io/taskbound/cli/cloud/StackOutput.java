// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.cloud;

/** An output of infra/template.yaml that commands use, and the option that says the same. */
public enum StackOutput {
    TABLE("TableName", "--table"),
    POLICY_KEY("PolicyKeyArn", "--key"),
    SECRETS_KEY("SecretsKeyArn", "--secrets-key"),
    FUNCTION("FunctionName", "--function"),
    ROTATION_FUNCTION("RotationFunctionName", "--function"),
    AUDIT_LOG("AuditLogGroup", "--log-group"),
    ISSUER_ROLE("IssuerRoleArn", "--issuer-role"),
    ISSUER_URL("IssuerUrl", "TASKBOUND_ISSUER");

    private final String key;
    private final String instead;

    StackOutput(String key, String instead) {
        this.key = key;
        this.instead = instead;
    }

    /** Its name in the template. */
    public String key() {
        return key;
    }

    /** What says the same without a stack. */
    String instead() {
        return instead;
    }
}
