// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.dpop;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64URL;
import io.taskbound.client.internal.JsonObject;
import io.taskbound.client.internal.RepeatedNames;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;

/**
 * A proof in good form that the key in its header has signed (RFC 9449 sections 4.2 and 4.3); the issuer reads it by
 * the same rules.
 */
record Proof(String thumbprint, String id, String method, RequestUrl url, Instant issued, Optional<String> tokenHash) {
    private static final int MAX_LENGTH = 8 * 1024;
    private static final int MAX_TEXT = 256;
    private static final int COORDINATE_BYTES = 32;
    private static final int SIGNATURE_BYTES = 64;
    /** 9999-12-31: later numbers are no dates. */
    private static final long LAST_SECOND = 253_402_300_799L;

    private static final JWSHeader ES256 = new JWSHeader(JWSAlgorithm.ES256);
    private static final Set<String> HEADER = Set.of("typ", "alg", "jwk");
    /** What libraries write into a public key. A private one has other members, and is no key to show. */
    private static final Set<String> KEY = Set.of("kty", "crv", "x", "y", "kid", "use", "alg", "key_ops", "ext");

    /** Empty unless all of that holds. */
    static Optional<Proof> read(String jwt) {
        int first = jwt.indexOf('.');
        int second = jwt.indexOf('.', first + 1);
        if (jwt.length() > MAX_LENGTH || first < 0 || second < 0) {
            return Optional.empty();
        }
        var signature = jwt.substring(second + 1);
        if (decoded(signature).filter(bytes -> bytes.length == SIGNATURE_BYTES).isEmpty()) {
            return Optional.empty();
        }
        var signed = jwt.substring(0, second).getBytes(StandardCharsets.US_ASCII);
        return object(jwt.substring(0, first))
                .flatMap(Proof::key)
                .filter(key -> isSigned(key, signed, signature))
                .flatMap(key -> object(jwt.substring(first + 1, second)).flatMap(claims -> proof(key, claims)));
    }

    /** One spelling for each value (RFC 4648 section 3.5): what is encoded again is the same text. */
    private static Optional<byte[]> decoded(String text) {
        try {
            var bytes = Base64.getUrlDecoder().decode(text);
            var again = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
            return again.equals(text) ? Optional.of(bytes) : Optional.empty();
        } catch (IllegalArgumentException otherCharacter) {
            return Optional.empty();
        }
    }

    private static Optional<JsonObject> object(String part) {
        return decoded(part)
                .flatMap(Proof::text)
                .flatMap(text -> JsonObject.parse(text).filter(any -> isStrict(text)));
    }

    private static boolean isStrict(String text) {
        try {
            return text.strip().endsWith("}") && !RepeatedNames.areIn(text);
        } catch (IndexOutOfBoundsException | NoSuchElementException notJson) {
            // The parser is lenient: it takes names and texts without quotes.
            return false;
        }
    }

    private static Optional<String> text(byte[] utf8) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString());
        } catch (CharacterCodingException notUtf8) {
            return Optional.empty();
        }
    }

    private static Optional<ECKey> key(JsonObject header) {
        var jwk = header.object("jwk").orElse(JsonObject.of(Map.of()));
        boolean ours = is(header, "typ", "dpop+jwt")
                && is(header, "alg", "ES256")
                && HEADER.containsAll(header.names())
                && KEY.containsAll(jwk.names())
                && is(jwk, "kty", "EC")
                && is(jwk, "crv", "P-256")
                && isCoordinate(jwk, "x")
                && isCoordinate(jwk, "y");
        if (!ours) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ECKey.Builder(Curve.P_256, coordinate(jwk, "x"), coordinate(jwk, "y")).build());
        } catch (IllegalStateException notOnTheCurve) {
            return Optional.empty();
        }
    }

    /** RFC 7518 section 6.2.1.2. */
    private static boolean isCoordinate(JsonObject jwk, String name) {
        return jwk.text(name)
                .flatMap(Proof::decoded)
                .filter(bytes -> bytes.length == COORDINATE_BYTES)
                .isPresent();
    }

    private static Base64URL coordinate(JsonObject jwk, String name) {
        return new Base64URL(jwk.text(name).orElseThrow());
    }

    private static boolean isSigned(ECKey key, byte[] signed, String signature) {
        try {
            return new ECDSAVerifier(key).verify(ES256, signed, new Base64URL(signature));
        } catch (JOSEException notASignature) {
            return false;
        }
    }

    private static Optional<Proof> proof(ECKey key, JsonObject claims) {
        var id = text(claims, "jti");
        var method = text(claims, "htm");
        var url = claims.text("htu").flatMap(RequestUrl::of);
        var issued = claims.whole("iat").filter(second -> second >= 0 && second <= LAST_SECOND);
        boolean wellFormed = isTextOrAbsent(claims, "nonce") && isTextOrAbsent(claims, "ath");
        if (id.isEmpty() || method.isEmpty() || url.isEmpty() || issued.isEmpty() || !wellFormed) {
            return Optional.empty();
        }
        return Optional.of(new Proof(
                thumbprint(key),
                id.get(),
                method.get(),
                url.get(),
                Instant.ofEpochSecond(issued.get()),
                text(claims, "ath")));
    }

    private static Optional<String> text(JsonObject claims, String name) {
        return claims.text(name).filter(value -> !value.isEmpty() && value.length() <= MAX_TEXT);
    }

    private static boolean isTextOrAbsent(JsonObject claims, String name) {
        return !claims.names().contains(name) || text(claims, name).isPresent();
    }

    private static String thumbprint(ECKey key) {
        try {
            return key.computeThumbprint().toString();
        } catch (JOSEException everyJavaHasSha256) {
            throw new IllegalStateException(everyJavaHasSha256);
        }
    }

    private static boolean is(JsonObject object, String name, String value) {
        return object.text(name).filter(value::equals).isPresent();
    }
}
