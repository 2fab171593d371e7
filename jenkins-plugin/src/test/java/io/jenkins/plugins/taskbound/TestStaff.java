// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;

/** The company's identity provider: it signs ID tokens of the people who approve. */
final class TestStaff {
    static final String ISSUER = "https://sso.acme.example/realms/acme";

    private static final String KEY_ID = "staff-1";

    private final KeyPair keys = keys();

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException everyJavaHasIt) {
            throw new AssertionError(everyJavaHasIt);
        }
    }

    String jwks() {
        var key = (RSAPublicKey) keys.getPublic();
        return new JSONObject()
                .element(
                        "keys",
                        JSONArray.fromObject(List.of(new JSONObject()
                                .element("kty", "RSA")
                                .element("use", "sig")
                                .element("alg", "RS256")
                                .element("kid", KEY_ID)
                                .element("n", number(key.getModulus()))
                                .element("e", number(key.getPublicExponent())))))
                .toString();
    }

    /** A fresh one, of a member of these groups. */
    String idToken(String person, String... groups) throws GeneralSecurityException {
        long now = Instant.now().getEpochSecond();
        JSONObject header = new JSONObject().element("alg", "RS256").element("kid", KEY_ID);
        JSONObject claims = new JSONObject()
                .element("iss", ISSUER)
                .element("aud", "https://tokens.acme.example")
                .element("sub", person)
                .element("preferred_username", "name-of-" + person)
                .element("groups", JSONArray.fromObject(groups))
                .element("jti", UUID.randomUUID().toString())
                .element("iat", now)
                .element("exp", now + 300);
        String signed = base64(header.toString()) + "." + base64(claims.toString());
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(keys.getPrivate());
        signature.update(signed.getBytes(StandardCharsets.US_ASCII));
        return signed + "." + base64(signature.sign());
    }

    private static String number(BigInteger value) {
        byte[] bytes = value.toByteArray();
        int sign = bytes[0] == 0 ? 1 : 0;
        return base64(Arrays.copyOfRange(bytes, sign, bytes.length));
    }

    private static String base64(String text) {
        return base64(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
