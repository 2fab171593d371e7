// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.util.Base64URL;
import java.util.Optional;

/**
 * One usable public key of one issuer. {@link JwkReader} makes it and has checked strength, curve and purpose; the
 * library's verifier is built once and kept.
 */
final class VerificationKey {
    /** What one key says about one signature. */
    enum Check {
        GOOD,
        BAD,
        /** Not even of the right form for this key: no other key under the same id could have made it. */
        IMPOSSIBLE
    }

    private final Optional<String> kid;
    private final Optional<String> declaredAlgorithm;
    private final SignatureForm form;
    private final JWSVerifier verifier;

    VerificationKey(
            Optional<String> kid, Optional<String> declaredAlgorithm, SignatureForm form, JWSVerifier verifier) {
        this.kid = kid;
        this.declaredAlgorithm = declaredAlgorithm;
        this.form = form;
        this.verifier = verifier;
    }

    Optional<String> kid() {
        return kid;
    }

    /**
     * The key's type, curve and declared {@code alg} must be those of the header's algorithm (RFC 8725 section 3.1).
     */
    boolean fits(SignatureAlgorithm algorithm) {
        return form.serves(algorithm)
                && declaredAlgorithm.map(algorithm.wire()::equals).orElse(true);
    }

    Check check(SignatureAlgorithm algorithm, CompactJws jws) {
        if (!form.couldBe(jws.signature())) {
            return Check.IMPOSSIBLE;
        }
        try {
            var header = new JWSHeader(algorithm.jose());
            var signature = new Base64URL(jws.signatureText());
            return verifier.verify(header, jws.signingInput(), signature) ? Check.GOOD : Check.BAD;
        } catch (JOSEException cannotVerify) {
            return Check.BAD;
        }
    }
}
