// SPDX-License-Identifier: Apache-2.0
package io.taskbound.dpop;

import io.taskbound.digest.Base64Url;
import io.taskbound.json.JsonObject;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import io.taskbound.token.Es256PublicKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Takes a proof apart and checks its signature (RFC 9449 section 4.3, checks 2 to 7): one compact JWT of at most
 * {@value #MAX_LENGTH} characters, strict base64url and JSON, {@code typ} dpop+jwt, {@code alg} ES256 and nothing else,
 * a public key on P-256 and nothing private, and the claims that a proof must have. It costs one verification of ES256,
 * and none if the form is bad.
 */
public final class ProofReader {
    /** Characters. */
    public static final int MAX_LENGTH = 8 * 1024;

    private static final int MAX_TEXT = 256;
    private static final int SIGNATURE_BYTES = 64;
    private static final Set<String> HEADER = Set.of("typ", "alg", "jwk");
    /** What libraries write into a public key besides the key; none of it matters here. */
    private static final Set<String> KEY = Set.of("kty", "crv", "x", "y", "kid", "use", "alg", "key_ops", "ext");
    /** RFC 7518 sections 6.2.2, 6.3.2 and 6.4.1. */
    private static final Set<String> PRIVATE = Set.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");

    private ProofReader() {}

    /** Ends the reading at its first fault; stays within this class. */
    private static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;
        private final String what;

        Malformed(String what) {
            super(what, null, false, false);
            this.what = what;
        }
    }

    public static ReadProof read(ProofText proof) {
        try {
            return read(proof.text());
        } catch (Malformed malformed) {
            return new BadProof(ProofRule.FORM, malformed.what);
        }
    }

    private static Proof read(String text) throws Malformed {
        require(text.length() <= MAX_LENGTH, "is longer than " + MAX_LENGTH + " characters");
        int first = text.indexOf('.');
        int second = text.indexOf('.', first + 1);
        // A comma is where two headers were joined (RFC 9110 section 5.3).
        require(
                first > 0 && second > 0 && text.indexOf('.', second + 1) < 0,
                "is not one JWT: send exactly one header DPoP");
        var header = object(text.substring(0, first), "header");
        var claims = object(text.substring(first + 1, second), "payload");
        var signature = text.substring(second + 1);
        require(
                Base64Url.decode(signature)
                        .filter(bytes -> bytes.length == SIGNATURE_BYTES)
                        .isPresent(),
                "has a signature that is not 64 octets in base64url");
        var key = key(header);
        var proof = proof(claims, key);
        var signed = text.substring(0, second).getBytes(StandardCharsets.US_ASCII);
        require(key.verifies(signed, signature), "is not signed by the key that it names");
        return proof;
    }

    private static JsonObject object(String part, String name) throws Malformed {
        var bytes = Base64Url.decode(part);
        require(bytes.isPresent(), "has a " + name + " that is not strict base64url: send exactly one header DPoP");
        try {
            return StrictJson.parseObject(bytes.orElseThrow());
        } catch (MalformedJson malformed) {
            throw new Malformed("has a " + name + " that is not strict JSON");
        }
    }

    private static Es256PublicKey key(JsonObject header) throws Malformed {
        require(is(header, "typ", "dpop+jwt"), "must have the typ dpop+jwt");
        require(is(header, "alg", "ES256"), "must have the alg ES256");
        require(HEADER.containsAll(header.members().keySet()), "has a header member besides typ, alg and jwk");
        var jwk = header.object("jwk").orElseThrow(() -> new Malformed("has no jwk in its header"));
        require(jwk.members().keySet().stream().noneMatch(PRIVATE::contains), "shows a private key: make a new key");
        require(KEY.containsAll(jwk.members().keySet()), "has a jwk with an unknown member");
        require(is(jwk, "kty", "EC") && is(jwk, "crv", "P-256"), "must have a jwk with the kty EC and the crv P-256");
        return Es256PublicKey.of(jwk.string("x").orElse(""), jwk.string("y").orElse(""))
                .orElseThrow(() -> new Malformed("has a jwk that is not a point on P-256"));
    }

    private static Proof proof(JsonObject claims, Es256PublicKey key) throws Malformed {
        var issued = claims.wholeNumber("iat");
        // Beyond that, no year has four digits.
        require(
                issued.isPresent() && issued.getAsLong() >= 0 && issued.getAsLong() < 253_402_300_800L,
                "has no iat in whole seconds");
        var url = claims.string("htu").flatMap(RequestUrl::of);
        return new Proof(
                key.thumbprint(),
                text(claims, "jti"),
                text(claims, "htm"),
                url.orElseThrow(() -> new Malformed("has no htu that is a URL of http or https")),
                Instant.ofEpochSecond(issued.getAsLong()),
                optionalText(claims, "nonce"),
                optionalText(claims, "ath"));
    }

    private static String text(JsonObject claims, String name) throws Malformed {
        return optionalText(claims, name).orElseThrow(() -> new Malformed("has no " + name));
    }

    private static Optional<String> optionalText(JsonObject claims, String name) throws Malformed {
        if (!claims.has(name)) {
            return Optional.empty();
        }
        var text = claims.string(name).filter(value -> !value.isEmpty() && value.length() <= MAX_TEXT);
        require(text.isPresent(), "has a " + name + " that is not a string of 1 to " + MAX_TEXT + " characters");
        return text;
    }

    private static boolean is(JsonObject object, String name, String value) {
        return object.string(name).filter(value::equals).isPresent();
    }

    private static void require(boolean holds, String otherwise) throws Malformed {
        if (!holds) {
            throw new Malformed(otherwise);
        }
    }
}
