// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import hudson.util.Secret;
import io.taskbound.client.GrantedToken;
import io.taskbound.client.HolderVerifier;
import io.taskbound.client.IssuerUrl;
import io.taskbound.client.TaskToken;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A block's token as it survives a restart of the controller: written with the build, encrypted. */
final class StoredToken implements Serializable {
    private static final long serialVersionUID = 1;

    private final Secret token;
    private final Secret holder;
    private final TokenKey key;
    private final long grantedAtMillis;
    private final long expiresAtMillis;
    private final long leaseSeconds;

    StoredToken(IssuerUrl issuer, GrantedToken granted, Instant now) {
        this.token = Secret.fromString(granted.token().reveal());
        this.holder = Secret.fromString(granted.holder().reveal());
        this.key = TokenKey.of(issuer, granted.handle());
        this.grantedAtMillis = now.toEpochMilli();
        this.expiresAtMillis = granted.expiresAt().toEpochMilli();
        this.leaseSeconds = granted.lease().map(Duration::toSeconds).orElse(0L);
    }

    TaskToken token() {
        return TaskToken.of(token.getPlainText());
    }

    /** Renews the token; nothing in the block sees it. */
    HolderVerifier holder() {
        return HolderVerifier.of(holder.getPlainText());
    }

    TokenKey key() {
        return key;
    }

    Instant grantedAt() {
        return Instant.ofEpochMilli(grantedAtMillis);
    }

    Instant expiresAt() {
        return Instant.ofEpochMilli(expiresAtMillis);
    }

    Optional<Duration> lease() {
        return leaseSeconds == 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(leaseSeconds));
    }
}
