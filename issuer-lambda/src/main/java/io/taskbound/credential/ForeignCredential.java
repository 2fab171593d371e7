// SPDX-License-Identifier: Apache-2.0
package io.taskbound.credential;

import io.taskbound.json.JsonObject;
import java.time.Instant;
import java.util.Optional;

/** A credential of a foreign service, just made. Its secrets are never shown by {@link #toString}. */
public final class ForeignCredential {
    private final JsonObject secret;
    private final JsonObject about;
    private final Instant until;
    private final Optional<String> revocation;

    /**
     * @param secret the member {@code credential} of the answer: what the step uses
     * @param about further members of the answer, none of them secret: where to use it and what it opens
     * @param until when it is dead for certain, even if nobody revokes it
     * @param revocation what {@link CredentialService#revoke} needs, and what is kept only sealed; empty where the
     *     service revokes nothing
     */
    public ForeignCredential(JsonObject secret, JsonObject about, Instant until, Optional<String> revocation) {
        this.secret = secret;
        this.about = about;
        this.until = until;
        this.revocation = revocation;
    }

    public JsonObject secret() {
        return secret;
    }

    public JsonObject about() {
        return about;
    }

    public Instant until() {
        return until;
    }

    public Optional<String> revocation() {
        return revocation;
    }

    @Override
    public String toString() {
        return "ForeignCredential[until " + until + "]";
    }
}
