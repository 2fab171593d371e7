// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.text.ParseException;
import java.util.Base64;

/** The two signatures that no mint can do without, by the JDK alone: verify the ID token's, make the task token's. */
final class RawCrypto {
    private final PublicKey rsa;
    private final PrivateKey p256;

    /** @param jwks the provider's published keys, of which the first is used */
    RawCrypto(String jwks) {
        try {
            this.rsa = JWKSet.parse(jwks).getKeys().get(0).toRSAKey().toPublicKey();
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            this.p256 = generator.generateKeyPair().getPrivate();
        } catch (ParseException | JOSEException | GeneralSecurityException broken) {
            throw new IllegalStateException(broken);
        }
    }

    /** One signature, ready to be checked or made again. */
    static final class Signed {
        private final byte[] input;
        private final byte[] signature;

        private Signed(byte[] input, byte[] signature) {
            this.input = input;
            this.signature = signature;
        }

        static Signed of(String compactJws) {
            int end = compactJws.lastIndexOf('.');
            return new Signed(
                    compactJws.substring(0, end).getBytes(StandardCharsets.US_ASCII),
                    Base64.getUrlDecoder().decode(compactJws.substring(end + 1)));
        }
    }

    boolean verifyRs256(Signed token) throws GeneralSecurityException {
        var verifier = Signature.getInstance("SHA256withRSA");
        verifier.initVerify(rsa);
        verifier.update(token.input);
        return verifier.verify(token.signature);
    }

    static boolean verifyEs256(PublicKey key, Signed proof) throws GeneralSecurityException {
        var verifier = Signature.getInstance("SHA256withECDSAinP1363Format");
        verifier.initVerify(key);
        verifier.update(proof.input);
        return verifier.verify(proof.signature);
    }

    byte[] signEs256(Signed token) throws GeneralSecurityException {
        var signer = Signature.getInstance("SHA256withECDSAinP1363Format");
        signer.initSign(p256);
        signer.update(token.input);
        return signer.sign();
    }
}
