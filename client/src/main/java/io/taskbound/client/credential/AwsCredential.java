// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.credential;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A session of an AWS role, narrowed to what was granted. */
public final class AwsCredential implements Credential {
    private final String accessKeyId;
    private final String secretAccessKey;
    private final String sessionToken;
    private final String roleArn;
    private final Optional<String> region;
    private final Instant expiresAt;
    private final boolean refreshed;

    AwsCredential(
            String accessKeyId,
            String secretAccessKey,
            String sessionToken,
            String roleArn,
            Optional<String> region,
            Instant expiresAt,
            boolean refreshed) {
        this.accessKeyId = accessKeyId;
        this.secretAccessKey = secretAccessKey;
        this.sessionToken = sessionToken;
        this.roleArn = roleArn;
        this.region = region;
        this.expiresAt = expiresAt;
        this.refreshed = refreshed;
    }

    /** Names the secret key. */
    public String accessKeyId() {
        return accessKeyId;
    }

    /** The secret. */
    public String secretAccessKey() {
        return secretAccessKey;
    }

    /** A secret too. */
    public String sessionToken() {
        return sessionToken;
    }

    /** Whose session it is. */
    public String roleArn() {
        return roleArn;
    }

    /** Where the role's resources are, if the policy says so. */
    public Optional<String> region() {
        return region;
    }

    @Override
    public Instant expiresAt() {
        return expiresAt;
    }

    @Override
    public boolean refreshed() {
        return refreshed;
    }

    @Override
    public List<String> secrets() {
        return List.of(accessKeyId, secretAccessKey, sessionToken);
    }

    @Override
    public String toString() {
        return "AwsCredential[" + roleArn + ", expires " + expiresAt + "]";
    }
}
