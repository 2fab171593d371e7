// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local.people;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.util.Map;

/** What the ID tokens are signed with: RS256, as every such provider can (OpenID Connect Core section 3.1.3.7). */
final class PeopleKey {
    private static final int BITS = 2048;
    private final RSAKey key;

    private PeopleKey(RSAKey key) {
        this.key = key;
    }

    static PeopleKey generate() {
        try {
            return new PeopleKey(new RSAKeyGenerator(BITS)
                    .keyID("people-1")
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .generate());
        } catch (JOSEException cannotGenerate) {
            throw new IllegalStateException(cannotGenerate);
        }
    }

    /** The public half, as the key set that a policy may pin. */
    String jwks() {
        return JSONObjectUtils.toJSONString(new JWKSet(key.toPublicJWK()).toJSONObject());
    }

    String sign(Map<String, Object> claims) {
        try {
            var token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.RS256)
                            .keyID(key.getKeyID())
                            .type(JOSEObjectType.JWT)
                            .build(),
                    JWTClaimsSet.parse(claims));
            token.sign(new RSASSASigner(key));
            return token.serialize();
        } catch (JOSEException | ParseException broken) {
            throw new IllegalStateException(broken);
        }
    }
}
