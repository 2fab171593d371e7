// SPDX-License-Identifier: Apache-2.0
package io.taskbound.sts;

import io.taskbound.credential.CredentialUnavailable;
import io.taskbound.credential.ForeignCredential;
import io.taskbound.json.JsonObject;
import io.taskbound.policy.AwsRole;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.Credentials;

/**
 * The answer of STS, checked before anybody gets it: its values end up in environment variables, files and headers, so
 * each is visible ASCII and nothing else. A session that is not used ends with the deadline in its policy.
 */
final class GivenSession {
    private static final int MAX_KEY_ID_LENGTH = 128;
    private static final int MAX_SECRET_LENGTH = 256;
    /** AWS names no limit; an environment and a header must hold it. */
    private static final int MAX_TOKEN_LENGTH = 16 * 1024;

    private GivenSession() {}

    /**
     * @param sourceIdentity as it was asked for; a service that names another one has made another session
     * @param notAfter the time in the session's policy
     */
    static ForeignCredential of(AssumeRoleResponse answer, AwsRole role, String sourceIdentity, Instant notAfter)
            throws CredentialUnavailable {
        var credentials = answer.credentials();
        if (credentials == null) {
            throw unusable("Credentials");
        }
        if (answer.sourceIdentity() != null && !answer.sourceIdentity().equals(sourceIdentity)) {
            throw unusable("SourceIdentity");
        }
        var about = JsonObject.builder().put("role_arn", role.roleArn()).putIfPresent("region", role.region());
        return new ForeignCredential(
                secret(credentials), about.build(), until(credentials, notAfter), Optional.empty());
    }

    private static JsonObject secret(Credentials credentials) throws CredentialUnavailable {
        return JsonObject.builder()
                .put("access_key_id", checked("AccessKeyId", credentials.accessKeyId(), MAX_KEY_ID_LENGTH))
                .put("secret_access_key", checked("SecretAccessKey", credentials.secretAccessKey(), MAX_SECRET_LENGTH))
                .put("session_token", checked("SessionToken", credentials.sessionToken(), MAX_TOKEN_LENGTH))
                .build();
    }

    private static Instant until(Credentials credentials, Instant notAfter) throws CredentialUnavailable {
        var expiration = credentials.expiration();
        if (expiration == null) {
            throw unusable("Expiration");
        }
        return expiration.isBefore(notAfter) ? expiration : notAfter;
    }

    private static String checked(String name, @Nullable String value, int maxLength) throws CredentialUnavailable {
        if (value == null
                || value.isEmpty()
                || value.length() > maxLength
                || !value.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw unusable(name);
        }
        return value;
    }

    private static CredentialUnavailable unusable(String member) {
        return new CredentialUnavailable("AssumeRole: the answer has no usable " + member, true, Optional.empty());
    }
}
