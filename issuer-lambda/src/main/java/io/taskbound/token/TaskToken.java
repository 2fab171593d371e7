// SPDX-License-Identifier: Apache-2.0
package io.taskbound.token;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A signed task token. Anyone who has its text can use it, so its {@code toString} shows nothing and it has no
 * {@code equals}.
 */
public final class TaskToken {
    /** Characters; no text longer than that is taken for a token of ours. */
    static final int MAX_LENGTH = 16 * 1024;

    private static final int SIGNATURE_LENGTH = 64;
    /** A dot and 64 bytes in base64url. */
    private static final int SIGNATURE_CHARACTERS = 87;
    /** Every key id is a SHA-256 thumbprint. */
    private static final String ANY_KEY_ID = "A".repeat(43);

    private final String text;

    private TaskToken(String text) {
        this.text = text;
    }

    /** Whether a token with these claims would be short enough to be known again. */
    public static boolean fits(TaskClaims claims) {
        return claims.signingInput(ANY_KEY_ID).length + SIGNATURE_CHARACTERS <= MAX_LENGTH;
    }

    /** @throws SignerUnavailable when the key is out of reach; nothing was signed */
    public static TaskToken sign(TaskClaims claims, TaskSigner signer) throws SignerUnavailable {
        var input = claims.signingInput(signer.keyId());
        var signature = signer.sign(input);
        if (signature.length != SIGNATURE_LENGTH) {
            throw new SignerUnavailable("the signer returned a signature of the wrong length");
        }
        return new TaskToken(new String(input, StandardCharsets.US_ASCII)
                + "."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(signature));
    }

    /** The compact JWS, for the answer to the one who asked and for nothing else. */
    public String reveal() {
        return text;
    }

    @Override
    public String toString() {
        return "TaskToken[secret]";
    }
}
