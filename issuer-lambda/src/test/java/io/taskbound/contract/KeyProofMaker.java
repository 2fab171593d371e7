// SPDX-License-Identifier: Apache-2.0
package io.taskbound.contract;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import io.taskbound.json.JsonNull;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.json.JsonText;
import io.taskbound.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Makes the proofs of keys (RFC 9449) that vectors describe, with two keys: the step's own and a thief's. */
final class KeyProofMaker {
    private final JsonObject kinds;
    private final Map<String, ECKey> keys = Map.of("step", key(), "thief", key());

    KeyProofMaker(JsonObject setting) {
        this.kinds = setting.object("proofs").orElseThrow();
    }

    private static ECKey key() {
        try {
            return new ECKeyGenerator(Curve.P_256).generate();
        } catch (JOSEException everyJavaHasP256) {
            throw new IllegalStateException(everyJavaHasP256);
        }
    }

    /** Of the step's own key. */
    String thumbprint() {
        try {
            return keys.get("step").computeThumbprint().toString();
        } catch (JOSEException everyJavaHasSha256) {
            throw new IllegalStateException(everyJavaHasSha256);
        }
    }

    /**
     * @param described {@code key}, {@code claims}, {@code header}, {@code signature}
     * @param path that the request goes to
     */
    String make(JsonObject described, String path, Play play, Instant now) {
        var named = keys.get(described.string("key").orElse("step"));
        var header = new LinkedHashMap<String, JsonValue>();
        header.put("typ", new JsonString("dpop+jwt"));
        header.put("alg", new JsonString("ES256"));
        header.put("jwk", Json.parse(named.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8)));
        change(header, described, "header");
        var claims = new LinkedHashMap<>(
                kinds.object(kinds.has(path) ? path : "use").orElseThrow().members());
        change(claims, described, "claims");
        claims.replaceAll((name, value) -> filled(value, play, now));
        var input = Base64URL.encode(JsonText.of(new JsonObject(header))) + "."
                + Base64URL.encode(JsonText.of(new JsonObject(claims)));
        var signer = described.string("signature").equals(Optional.of("stranger")) ? keys.get("thief") : named;
        return input + "." + signature(signer, input);
    }

    private static void change(Map<String, JsonValue> members, JsonObject described, String part) {
        described.object(part).ifPresent(change -> members.putAll(change.members()));
        members.values().removeIf(JsonNull.NULL::equals);
    }

    private static JsonValue filled(JsonValue value, Play play, Instant now) {
        if (value instanceof JsonString text) {
            return new JsonString(play.filled(text.value())
                    .replace("{{fresh}}", UUID.randomUUID().toString()));
        }
        if (value instanceof JsonObject object && object.has("now")) {
            long seconds = now.getEpochSecond() + object.wholeNumber("now").orElseThrow();
            return JsonObject.builder().put("n", seconds).build().get("n").orElseThrow();
        }
        return value;
    }

    private static Base64URL signature(ECKey key, String input) {
        try {
            return new ECDSASigner(key)
                    .sign(new JWSHeader(JWSAlgorithm.ES256), input.getBytes(StandardCharsets.US_ASCII));
        } catch (JOSEException withAGoodKey) {
            throw new IllegalStateException(withAGoodKey);
        }
    }
}
