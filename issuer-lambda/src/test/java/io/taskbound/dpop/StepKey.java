// SPDX-License-Identifier: Apache-2.0
package io.taskbound.dpop;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import io.taskbound.digest.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** The key of a step, which makes proofs by Nimbus: in no way with code of ours. */
public final class StepKey {
    private final ECKey key;

    private StepKey(ECKey key) {
        this.key = key;
    }

    public static StepKey create() {
        try {
            return new StepKey(new ECKeyGenerator(Curve.P_256).generate());
        } catch (JOSEException everyJavaHasP256) {
            throw new IllegalStateException(everyJavaHasP256);
        }
    }

    /**
     * A proof for a POST.
     *
     * @param more claims besides those that every proof has, such as {@code nonce}
     */
    public String proof(String url, Instant at, Map<String, String> more) {
        var claims = new LinkedHashMap<String, Object>(more);
        claims.put("jti", UUID.randomUUID().toString());
        claims.put("htm", "POST");
        claims.put("htu", url);
        claims.put("iat", at.getEpochSecond());
        var header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(new JOSEObjectType("dpop+jwt"))
                .jwk(key.toPublicJWK())
                .build();
        var proof = new JWSObject(header, new Payload(claims));
        try {
            proof.sign(new ECDSASigner(key));
        } catch (JOSEException itsOwnKey) {
            throw new IllegalStateException(itsOwnKey);
        }
        return proof.serialize();
    }

    /** The claim {@code ath}: which token a proof is for. */
    public static String hashOf(String token) {
        return Base64URL.encode(Sha256.of(token.getBytes(StandardCharsets.US_ASCII)))
                .toString();
    }
}
