// SPDX-License-Identifier: Apache-2.0
package io.taskbound.token;

import io.taskbound.identity.ProofKeys;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The public name of a task token; people call it the handle. It depends only on the ID token, so that one ID token
 * names one task token and the conditional write of its record is the replay check (docs/mint.md).
 *
 * @param run base64url of 16 bytes: the run within its issuer
 * @param proof base64url of 24 bytes: the ID token within its issuer
 */
public record Jti(String run, String proof) {
    private static final Pattern RUN = Pattern.compile("[A-Za-z0-9_-]{22}");
    private static final Pattern PROOF = Pattern.compile("[A-Za-z0-9_-]{32}");

    public Jti {
        if (!RUN.matcher(run).matches() || !PROOF.matcher(proof).matches()) {
            throw new IllegalArgumentException("a jti is 22 and 32 characters of base64url");
        }
    }

    public static Jti of(ProofKeys proof) {
        return new Jti(proof.runKey(), proof.proofKey());
    }

    /** Reads {@code R.P}; empty for any other text. */
    public static Optional<Jti> parse(String text) {
        int dot = text.indexOf('.');
        if (dot < 0
                || !RUN.matcher(text.substring(0, dot)).matches()
                || !PROOF.matcher(text.substring(dot + 1)).matches()) {
            return Optional.empty();
        }
        return Optional.of(new Jti(text.substring(0, dot), text.substring(dot + 1)));
    }

    @Override
    public String toString() {
        return run + "." + proof;
    }
}
