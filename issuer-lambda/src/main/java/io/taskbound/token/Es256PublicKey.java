// SPDX-License-Identifier: Apache-2.0
package io.taskbound.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.util.Base64URL;
import io.taskbound.json.JsonObject;

/** The public half of an ES256 key: whoever has it can verify but not sign. */
public final class Es256PublicKey {
    private static final JWSHeader ES256 = new JWSHeader(JWSAlgorithm.ES256);
    private static final int SIGNATURE_BYTES = 64;
    private final ECDSAVerifier verifier;

    private Es256PublicKey(ECDSAVerifier verifier) {
        this.verifier = verifier;
    }

    /**
     * @param publicKeys a JWK Set of this one key, as {@link TaskSigner#publicKeys} gives it
     * @throws IllegalArgumentException when it is another kind of key
     */
    public static Es256PublicKey of(JsonObject publicKeys) {
        try {
            var key = publicKeys.array("keys").orElseThrow().items().get(0);
            return new Es256PublicKey(new ECDSAVerifier(PublicKeySet.key(key)));
        } catch (JOSEException | RuntimeException anotherKind) {
            throw new IllegalArgumentException("not a P-256 key that can check a policy's signature");
        }
    }

    /** @param signature R and S in base64url, as JWS writes ES256 (RFC 7518 section 3.4) */
    public boolean verifies(byte[] statement, String signature) {
        try {
            var bytes = new Base64URL(signature);
            return bytes.decode().length == SIGNATURE_BYTES && verifier.verify(ES256, statement, bytes);
        } catch (JOSEException notASignature) {
            return false;
        }
    }
}
