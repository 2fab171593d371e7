// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import java.time.Instant;
import java.util.Optional;

/**
 * The verified caller. Only {@link IdentityVerifier} makes it, after checking the strict form, the signature by a key
 * of that issuer, the audience and the times.
 */
public final class Identity {
    private final Caller caller;
    private final ProofKeys proof;
    private final Instant issuedAt;
    private final Instant expiresAt;
    private final boolean keyChanged;
    private final boolean keysStale;
    private final Optional<KeyTrouble> staleBecause;

    Identity(
            Caller caller,
            ProofKeys proof,
            ProofTimes times,
            boolean keyChanged,
            boolean keysStale,
            Optional<KeyTrouble> staleBecause) {
        this.caller = caller;
        this.proof = proof;
        this.issuedAt = times.issuedAt();
        this.expiresAt = times.expiresAt();
        this.keyChanged = keyChanged;
        this.keysStale = keysStale;
        this.staleBecause = staleBecause;
    }

    public Caller caller() {
        return caller;
    }

    public ProofKeys proof() {
        return proof;
    }

    /** {@code iat} of the ID token. */
    public Instant issuedAt() {
        return issuedAt;
    }

    /** {@code exp} of the ID token; it is accepted for as much longer as the provider's leeway says. */
    public Instant expiresAt() {
        return expiresAt;
    }

    /** True when the key under the token's key id had been replaced since the keys were last fetched; for the audit. */
    public boolean keyChanged() {
        return keyChanged;
    }

    @Override
    public String toString() {
        return "Identity[" + caller + "]";
    }

    /** The provider was out of reach, and keys that were kept beyond their normal life verified the token. */
    public boolean keysStale() {
        return keysStale;
    }

    /** Why the keys are stale, once a fetch has failed; for the audit. */
    public Optional<KeyTrouble> staleBecause() {
        return staleBecause;
    }
}
