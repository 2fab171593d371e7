// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import com.nimbusds.jose.jwk.Curve;
import java.math.BigInteger;
import java.security.spec.ECParameterSpec;
import java.util.Arrays;

/** What every signature by a kind of key looks like; checked by us before the library sees it (threat model R4). */
sealed interface SignatureForm {

    boolean serves(SignatureAlgorithm algorithm);

    boolean couldBe(byte[] signature);

    /** RSA: exactly as long as the modulus (RFC 8017 section 8.2.2). */
    record Rsa(int modulusOctets) implements SignatureForm {

        @Override
        public boolean serves(SignatureAlgorithm algorithm) {
            return algorithm.isRsa();
        }

        @Override
        public boolean couldBe(byte[] signature) {
            return signature.length == modulusOctets;
        }
    }

    /**
     * ECDSA: r and s, each exactly as long as the field, each in 1 to n - 1 (RFC 7518 section 3.4). Zeros once verified
     * as anyone's signature: CVE-2022-21449.
     */
    record Ecdsa(Curve curve) implements SignatureForm {

        @Override
        public boolean serves(SignatureAlgorithm algorithm) {
            return algorithm.curve().map(curve::equals).orElse(false);
        }

        @Override
        public boolean couldBe(byte[] signature) {
            int size = fieldOctets(parameters());
            return signature.length == 2 * size
                    && inRange(Arrays.copyOfRange(signature, 0, size))
                    && inRange(Arrays.copyOfRange(signature, size, 2 * size));
        }

        private boolean inRange(byte[] octets) {
            var number = new BigInteger(1, octets);
            return number.signum() > 0 && number.compareTo(parameters().getOrder()) < 0;
        }

        private ECParameterSpec parameters() {
            return curve.toECParameterSpec();
        }

        static int fieldOctets(ECParameterSpec parameters) {
            return (parameters.getCurve().getField().getFieldSize() + 7) / 8;
        }
    }
}
