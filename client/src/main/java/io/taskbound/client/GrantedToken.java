// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import io.taskbound.client.dpop.ProofKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A task token with what the issuer said about it. Made by {@link IssuerClient#mint}; the answer was whole and for the
 * request's {@code txn}. Times count from before the request was sent, so they err on the early side.
 */
public final class GrantedToken {
    private final TaskToken token;
    private final HolderVerifier holder;
    private final String handle;
    private final UUID txn;
    private final Instant expiresAt;
    private final Optional<Duration> lease;
    private final List<TaskDetail> details;
    private final Optional<String> credentialKind;
    private final Optional<ProofKey> proofKey;

    GrantedToken(
            TaskToken token,
            HolderVerifier holder,
            String handle,
            UUID txn,
            Instant expiresAt,
            Optional<Duration> lease,
            List<TaskDetail> details,
            Optional<String> credentialKind) {
        this(token, holder, handle, txn, expiresAt, lease, details, credentialKind, Optional.empty());
    }

    GrantedToken(
            TaskToken token,
            HolderVerifier holder,
            String handle,
            UUID txn,
            Instant expiresAt,
            Optional<Duration> lease,
            List<TaskDetail> details,
            Optional<String> credentialKind,
            Optional<ProofKey> proofKey) {
        this.token = token;
        this.holder = holder;
        this.handle = handle;
        this.txn = txn;
        this.expiresAt = expiresAt;
        this.lease = lease;
        this.details = List.copyOf(details);
        this.credentialKind = credentialKind;
        this.proofKey = proofKey;
    }

    /** The secret. */
    public TaskToken token() {
        return token;
    }

    /** What renews it; a secret, and not for what uses the token. */
    public HolderVerifier holder() {
        return holder;
    }

    /** The token's {@code jti}: names it in logs and closes it together with an ID token; no secret. */
    public String handle() {
        return handle;
    }

    /** The id of the task instance, as in the request. */
    public UUID txn() {
        return txn;
    }

    /** When the token dies by itself; heartbeats don't move it. */
    public Instant expiresAt() {
        return expiresAt;
    }

    /** How long the token lives after a heartbeat; empty where no lease runs. */
    public Optional<Duration> lease() {
        return lease;
    }

    /** As granted; may be less than asked for. */
    public List<TaskDetail> details() {
        return details;
    }

    /**
     * The kind of credential that the token stands for, as the issuer writes it; empty for a token that is itself what
     * a resource server takes. {@link HeldToken#credential} fetches it.
     */
    public Optional<String> credentialKind() {
        return credentialKind;
    }

    /**
     * The key that the token is bound to: each use needs a proof of it. Empty where none was offered, or the policy
     * binds no tokens of this resource server.
     */
    public Optional<ProofKey> proofKey() {
        return proofKey;
    }

    @Override
    public String toString() {
        return "GrantedToken[" + handle + ", expires " + expiresAt + "]";
    }
}
