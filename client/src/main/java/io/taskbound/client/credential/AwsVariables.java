// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.credential;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The variables of the AWS CLI and SDKs. Their chain of providers takes keys in variables first, then web identity and
 * profiles, then a container's endpoint, then the machine's own role; nothing but ours may be left in it.
 */
final class AwsVariables {
    private static final Set<String> FOREIGN = Set.of(
            "AWS_ACCESS_KEY_ID",
            "AWS_SECRET_ACCESS_KEY",
            "AWS_SESSION_TOKEN",
            "AWS_SECURITY_TOKEN",
            "AWS_CREDENTIAL_EXPIRATION",
            "AWS_CREDENTIAL_FILE",
            "AWS_PROFILE",
            "AWS_DEFAULT_PROFILE",
            "AWS_WEB_IDENTITY_TOKEN_FILE",
            "AWS_ROLE_ARN",
            "AWS_ROLE_SESSION_NAME",
            "AWS_CONTAINER_CREDENTIALS_FULL_URI",
            "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
            "AWS_CONTAINER_AUTHORIZATION_TOKEN",
            "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE");

    private AwsVariables() {}

    static StepVariables of(AwsCredential credential, Map<String, String> own) {
        var added = new LinkedHashMap<String, String>();
        added.put("AWS_ACCESS_KEY_ID", credential.accessKeyId());
        added.put("AWS_SECRET_ACCESS_KEY", credential.secretAccessKey());
        added.put("AWS_SESSION_TOKEN", credential.sessionToken());
        addRegion(added, credential, own);
        return StepVariables.with(added, FOREIGN);
    }

    static StepVariables served(AwsCredential credential, AwsEndpoint endpoint, Map<String, String> own) {
        var added = new LinkedHashMap<String, String>();
        added.put("AWS_CONTAINER_CREDENTIALS_FULL_URI", endpoint.uri().toString());
        added.put("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", endpoint.authorizationFile());
        added.put("AWS_SHARED_CREDENTIALS_FILE", endpoint.emptyFile());
        added.put("AWS_CONFIG_FILE", endpoint.emptyFile());
        // botocore looks for keys there before it asks an endpoint.
        added.put("BOTO_CONFIG", endpoint.emptyFile());
        // After the step nothing may fall back to the role of the machine.
        added.put("AWS_EC2_METADATA_DISABLED", "true");
        addRegion(added, credential, own);
        return StepVariables.with(added, FOREIGN);
    }

    /** A region that the workflow has chosen is kept. */
    private static void addRegion(Map<String, String> added, AwsCredential credential, Map<String, String> own) {
        boolean chosen = StepVariables.valueIn(own, "AWS_REGION").isPresent()
                || StepVariables.valueIn(own, "AWS_DEFAULT_REGION").isPresent();
        if (!chosen) {
            credential.region().ifPresent(region -> {
                added.put("AWS_REGION", region);
                added.put("AWS_DEFAULT_REGION", region);
            });
        }
    }
}
