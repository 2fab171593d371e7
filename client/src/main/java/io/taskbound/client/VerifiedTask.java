// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The claims of a task token whose signature, type, issuer, audience and times {@link TaskVerifier} has checked; nobody
 * else makes one. It does not say that the token is still open.
 */
public final class VerifiedTask {
    private final String handle;
    private final String subject;
    private final String provider;
    private final String txn;
    private final Instant expiresAt;
    private final List<TaskDetail> details;
    private final Optional<Long> maxUses;
    private final Optional<String> keyThumbprint;

    VerifiedTask(TaskClaims claims) {
        this.handle = claims.handle();
        this.subject = claims.subject();
        this.provider = claims.provider();
        this.txn = claims.txn();
        this.expiresAt = claims.expiresAt();
        this.details = claims.details();
        this.maxUses = claims.maxUses();
        this.keyThumbprint = claims.keyThumbprint();
    }

    /** True when one detail has this action and exactly this identifier, character by character. */
    public boolean permits(String action, String identifier) {
        return details.stream().anyMatch(detail -> detail.permits(action, identifier));
    }

    /** The token's {@code jti}, for the log. */
    public String handle() {
        return handle;
    }

    /** {@code task:<task>:<provider>:<stable subject>}. */
    public String subject() {
        return subject;
    }

    /** The CI system's name in the policy ({@code client_id}). */
    public String provider() {
        return provider;
    }

    /** The id of the task instance. */
    public String txn() {
        return txn;
    }

    /**
     * Of the key that the token is bound to ({@code cnf.jkt}, RFC 9449 section 6.1); empty where it is bound to none.
     */
    public Optional<String> keyThumbprint() {
        return keyThumbprint;
    }

    /** From this time on the token is dead ({@code exp}). */
    public Instant expiresAt() {
        return expiresAt;
    }

    /** What the token permits. */
    public List<TaskDetail> details() {
        return details;
    }

    /** Present where uses are counted: the server must redeem. */
    public Optional<Long> maxUses() {
        return maxUses;
    }

    @Override
    public String toString() {
        return "VerifiedTask[" + handle + ", expires " + expiresAt + "]";
    }
}
