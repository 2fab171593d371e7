// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.taskbound.digest.Base64Url;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The CI system of a {@link Rehearsal}: signs ID tokens with a key that is made for it and forgotten after it. */
final class RehearsalCi {
    static final String ISSUER = "https://ci.rehearsal.invalid";
    private static final int RSA_BITS = 2048;
    private static final long LIFE_SECONDS = 300;
    private final KeyPair keys;

    private RehearsalCi(KeyPair keys) {
        this.keys = keys;
    }

    static RehearsalCi create() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(RSA_BITS);
        return new RehearsalCi(generator.generateKeyPair());
    }

    /** Its JWK Set (RFC 7517 section 5). */
    JsonObject jwks() {
        var key = (RSAPublicKey) keys.getPublic();
        var jwk = JsonObject.builder()
                .put("kty", "RSA")
                .put("kid", "rehearsal")
                .put("use", "sig")
                .put("alg", "RS256")
                .put("n", Base64Url.encode(unsigned(key.getModulus())))
                .put("e", Base64Url.encode(unsigned(key.getPublicExponent())))
                .build();
        return JsonObject.builder().put("keys", new JsonArray(List.of(jwk))).build();
    }

    /** Without the leading sign byte, which a JWK must not have. */
    private static byte[] unsigned(BigInteger number) {
        int length = (number.bitLength() + 7) / 8;
        var bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[length - 1 - i] = number.shiftRight(8 * i).byteValue();
        }
        return bytes;
    }

    /**
     * An ID token as GitHub writes it, of a run of this number.
     *
     * @param changed claims that have another value than they should
     */
    String idToken(int run, Instant now, Map<String, String> changed) throws GeneralSecurityException {
        var header = JsonObject.builder()
                .put("typ", "JWT")
                .put("alg", "RS256")
                .put("kid", "rehearsal")
                .put("x5t", "rehearsal")
                .build();
        var input = encoded(header) + "." + encoded(claims(run, now, changed));
        var signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(keys.getPrivate());
        signature.update(input.getBytes(US_ASCII));
        return input + "." + Base64Url.encode(signature.sign());
    }

    private static String encoded(JsonObject part) {
        return Base64Url.encode(JsonText.of(part).getBytes(UTF_8));
    }

    private static JsonObject claims(int run, Instant now, Map<String, String> changed) {
        var claims = JsonObject.builder()
                .put("iss", changed.getOrDefault("iss", ISSUER))
                .put("aud", RehearsalScene.ISSUER)
                .put("iat", now.getEpochSecond())
                .put("nbf", now.getEpochSecond())
                .put("exp", now.getEpochSecond() + LIFE_SECONDS);
        TEXTS.forEach((name, value) -> claims.put(name, changed.getOrDefault(name, value)));
        return claims.put("run_id", Integer.toString(7_001 + run))
                .put("check_run_id", Integer.toString(90_001 + run))
                .put("jti", "rehearsal-" + run)
                .build();
    }

    private static final Map<String, String> TEXTS = Map.ofEntries(
            Map.entry("sub", "repo:rehearsal/stage:ref:refs/heads/main"),
            Map.entry("repository", "rehearsal/stage"),
            Map.entry("repository_id", "2"),
            Map.entry("repository_owner", "rehearsal"),
            Map.entry("repository_owner_id", "1"),
            Map.entry("repository_visibility", "private"),
            Map.entry("ref", "refs/heads/main"),
            Map.entry("ref_type", "branch"),
            Map.entry("ref_protected", "true"),
            Map.entry("event_name", "push"),
            Map.entry("run_attempt", "1"),
            Map.entry("run_number", "12"),
            Map.entry("runner_environment", "github-hosted"),
            Map.entry("sha", "0123456789abcdef0123456789abcdef01234567"),
            Map.entry("workflow", "Release"),
            Map.entry("actor", "nobody"),
            Map.entry("actor_id", "1"));
}
