// SPDX-License-Identifier: Apache-2.0
package io.taskbound.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64URL;
import io.taskbound.digest.Base64Url;
import io.taskbound.json.JsonObject;
import java.util.Optional;

/** The public half of an ES256 key: whoever has it can verify but not sign. */
public final class Es256PublicKey {
    private static final JWSHeader ES256 = new JWSHeader(JWSAlgorithm.ES256);
    private static final int SIGNATURE_BYTES = 64;
    private static final int COORDINATE_BYTES = 32;
    private final ECDSAVerifier verifier;
    private final KeyThumbprint thumbprint;

    private Es256PublicKey(ECKey key) throws JOSEException {
        this.verifier = new ECDSAVerifier(key);
        this.thumbprint = KeyThumbprint.ofP256(key.getX().toString(), key.getY().toString());
        Es256Provider.serve(verifier.getJCAContext());
    }

    /**
     * @param publicKeys a JWK Set of this one key, as {@link TaskSigner#publicKeys} gives it
     * @throws IllegalArgumentException when it is another kind of key
     */
    public static Es256PublicKey of(JsonObject publicKeys) {
        try {
            var key = publicKeys.array("keys").orElseThrow().items().get(0);
            return new Es256PublicKey(PublicKeySet.key(key));
        } catch (JOSEException | RuntimeException anotherKind) {
            throw new IllegalArgumentException("not a P-256 key that can check a policy's signature");
        }
    }

    /**
     * A key that somebody shows us: empty unless both coordinates are base64url of exactly 32 octets (RFC 7518 section
     * 6.2.1.2) and the point is on the curve.
     */
    public static Optional<Es256PublicKey> of(String x, String y) {
        if (!isCoordinate(x) || !isCoordinate(y)) {
            return Optional.empty();
        }
        try {
            var key = new ECKey.Builder(Curve.P_256, new Base64URL(x), new Base64URL(y)).build();
            return Optional.of(new Es256PublicKey(key));
        } catch (JOSEException | IllegalStateException notOnTheCurve) {
            return Optional.empty();
        }
    }

    private static boolean isCoordinate(String text) {
        return Base64Url.decode(text)
                .filter(bytes -> bytes.length == COORDINATE_BYTES)
                .isPresent();
    }

    public KeyThumbprint thumbprint() {
        return thumbprint;
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
