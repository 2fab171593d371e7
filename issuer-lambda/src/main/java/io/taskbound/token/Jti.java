// SPDX-License-Identifier: Apache-2.0
package io.taskbound.token;

import io.taskbound.identity.ProofKeys;
import java.util.Optional;

/**
 * The public name of a task token; people call it the handle. It depends only on the ID token, so that one ID token
 * names one task token and the conditional write of its record is the replay check (docs/mint.md).
 *
 * @param run base64url of 16 bytes: the run within its issuer
 * @param proof base64url of 24 bytes: the ID token within its issuer
 */
public record Jti(String run, String proof) {
    private static final int RUN = 22;
    private static final int PROOF = 32;

    public Jti {
        if (!isBase64Url(run, RUN) || !isBase64Url(proof, PROOF)) {
            throw new IllegalArgumentException("a jti is 22 and 32 characters of base64url");
        }
    }

    public static Jti of(ProofKeys proof) {
        return new Jti(proof.runKey(), proof.proofKey());
    }

    /** Reads {@code R.P}; empty for any other text. */
    public static Optional<Jti> parse(String text) {
        int dot = text.indexOf('.');
        if (dot != RUN || text.length() != RUN + 1 + PROOF) {
            return Optional.empty();
        }
        var run = text.substring(0, dot);
        var proof = text.substring(dot + 1);
        return isBase64Url(run, RUN) && isBase64Url(proof, PROOF) ? Optional.of(new Jti(run, proof)) : Optional.empty();
    }

    private static boolean isBase64Url(String text, int length) {
        if (text.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            boolean known = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
            if (!known && c != '_' && c != '-') {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return run + "." + proof;
    }
}
