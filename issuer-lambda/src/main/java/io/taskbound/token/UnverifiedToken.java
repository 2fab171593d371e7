// SPDX-License-Identifier: Apache-2.0
package io.taskbound.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.util.Base64URL;
import java.util.Optional;

/**
 * A text in the form of our task tokens, which anybody could have written. Its {@link #jti} may be looked up, which
 * changes nothing, while its signature is being checked; until then nothing else in it may be used. Only
 * {@link TaskTokenVerifier} makes it. Its {@code toString} shows nothing.
 */
public final class UnverifiedToken {
    private static final JWSHeader ES256 = new JWSHeader(JWSAlgorithm.ES256);
    private final PresentedToken claimed;
    private final ECDSAVerifier verifier;
    private final byte[] signed;
    private final String signature;
    private final byte[] sha256;
    private final VerifiedTokenCache proven;

    /**
     * @param sha256 of the whole text
     * @param proven by this verifier's keys; what {@link #prove} proves is added
     */
    UnverifiedToken(
            PresentedToken claimed,
            ECDSAVerifier verifier,
            byte[] signed,
            String signature,
            byte[] sha256,
            VerifiedTokenCache proven) {
        this.claimed = claimed;
        this.verifier = verifier;
        this.signed = signed;
        this.signature = signature;
        this.sha256 = sha256;
        this.proven = proven;
    }

    /** Under which the token's record would be; to be read, never to be changed, before {@link #prove} says yes. */
    public Jti jti() {
        return claimed.jti();
    }

    /** The token, when we signed it (RFC 7515 section 5.2). */
    public Optional<PresentedToken> prove() {
        if (isProvenAlready()) {
            return Optional.of(claimed);
        }
        try {
            if (!verifier.verify(ES256, signed, Base64URL.from(signature))) {
                return Optional.empty();
            }
            proven.add(sha256);
            return Optional.of(claimed);
        } catch (JOSEException malformedSignature) {
            return Optional.empty();
        }
    }

    /** Whether {@link #prove} will answer at once: the very same text was proven before. */
    public boolean isProvenAlready() {
        return proven.include(sha256);
    }

    @Override
    public String toString() {
        return "UnverifiedToken[secret]";
    }
}
