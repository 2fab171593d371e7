// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Signs task tokens as the issuer does, and as nobody should. */
final class TokenForge {
    static final String AUDIENCE = "https://signer.acme.example";

    private final String issuer;
    private final ECKey key;

    TokenForge(String issuer, String kid) {
        this.issuer = issuer;
        this.key = generated(kid);
    }

    String kid() {
        return key.getKeyID();
    }

    ECKey publicKey() {
        return key.toPublicJWK();
    }

    String jwks() {
        return new JWKSet(key.toPublicJWK()).toString();
    }

    /** Claims of an unlimited token that was issued at the test clock's start for ten minutes. */
    Map<String, Object> claims() {
        long now = TestClock.START.getEpochSecond();
        var claims = new HashMap<String, Object>();
        claims.put("iss", issuer);
        claims.put("aud", AUDIENCE);
        claims.put("sub", "task:sign-release:github:2002");
        claims.put("client_id", "github");
        claims.put("iat", now);
        claims.put("nbf", now - 30);
        claims.put("exp", now + 600);
        claims.put("jti", Samples.HANDLE);
        claims.put("txn", Samples.TXN.toString());
        claims.put(
                "authorization_details",
                List.of(TaskDetail.of("sign-release", "sign", Samples.ARTIFACT).toWire()));
        return claims;
    }

    String signed() {
        return signed(claims());
    }

    String signed(Map<String, Object> claims) {
        return signed("at+jwt", claims);
    }

    String signed(String typ, Map<String, Object> claims) {
        return signed(header().type(new JOSEObjectType(typ)).build(), claims);
    }

    JWSHeader.Builder header() {
        return new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(new JOSEObjectType("at+jwt"))
                .keyID(key.getKeyID());
    }

    String signed(JWSHeader header, Map<String, Object> claims) {
        try {
            var jws = new JWSObject(header, new Payload(JSONObjectUtils.toJSONString(claims)));
            jws.sign(new ECDSASigner(key));
            return jws.serialize();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    /** Any header text and signature, for what no library would make. */
    String raw(String header, byte[] signature) {
        return Base64URL.encode(header) + "."
                + Base64URL.encode(JSONObjectUtils.toJSONString(claims()).getBytes(StandardCharsets.UTF_8)) + "."
                + Base64URL.encode(signature);
    }

    private static ECKey generated(String kid) {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(kid).generate();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }
}
