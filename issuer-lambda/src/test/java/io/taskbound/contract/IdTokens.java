// SPDX-License-Identifier: Apache-2.0
package io.taskbound.contract;

import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonNull;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.json.JsonText;
import io.taskbound.json.JsonValue;
import io.taskbound.local.Dialect;
import io.taskbound.local.StandInProvider;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Makes the ID tokens that vectors describe, with a real key for each provider of the setting. Making the keys takes a
 * second, so that all vectors share them.
 */
final class IdTokens implements AutoCloseable {
    /** Times come from the vector, never from the stand-in's own samples. */
    private static final Clock UNUSED = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

    private final JsonObject kinds;
    private final Map<String, StandInProvider> providers;
    private final StandInProvider stranger;

    IdTokens(JsonObject setting) {
        this.kinds = setting.object("id_tokens").orElseThrow();
        this.providers = kinds.members().keySet().stream()
                .collect(Collectors.toMap(name -> name, name -> StandInProvider.start(dialect(name), UNUSED)));
        this.stranger = StandInProvider.start(UNUSED);
    }

    private static Dialect dialect(String provider) {
        return provider.equals("jenkins") ? Dialect.JENKINS : Dialect.GITHUB;
    }

    /** The provider's public keys as it publishes them. */
    String jwks(String provider) {
        return providers.get(provider).jwks();
    }

    /**
     * @param described {@code of}, {@code claims}, {@code header}, {@code signature}
     * @param run what tells this vector's run from all others
     */
    String make(JsonObject described, Instant now, long run) {
        var kind = described.string("of").orElse("github");
        var base = kinds.object(kind).orElseThrow();
        var signer = providers.get(kind);
        var header = changed(base.object("header").orElseThrow(), described, "header");
        header.putIfAbsent("kid", new JsonString(signer.kid()));
        header.values().removeIf(JsonNull.NULL::equals);
        var claims = changed(base.object("claims").orElseThrow(), described, "claims");
        claims.values().removeIf(JsonNull.NULL::equals);
        claims.replaceAll((name, value) -> filled(value, now, run));
        return sign(
                described.string("signature").orElse("good"),
                signer,
                JsonText.of(new JsonObject(header)),
                JsonText.of(new JsonObject(claims)).getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, JsonValue> changed(JsonObject base, JsonObject described, String part) {
        var members = new LinkedHashMap<>(base.members());
        described.object(part).ifPresent(change -> members.putAll(change.members()));
        return members;
    }

    private static JsonValue filled(JsonValue value, Instant now, long run) {
        if (value instanceof JsonString text) {
            return new JsonString(text.value()
                    .replace("{{run}}", Long.toString(run))
                    .replace("{{fresh}}", UUID.randomUUID().toString()));
        }
        if (value instanceof JsonObject object && object.has("now")) {
            return number(now.getEpochSecond() + object.wholeNumber("now").orElseThrow());
        }
        return value instanceof JsonObject object && object.has("run") ? number(run) : value;
    }

    private static JsonValue number(long value) {
        return JsonObject.builder().put("n", value).build().get("n").orElseThrow();
    }

    private String sign(String how, StandInProvider signer, String header, byte[] payload) {
        return switch (how) {
            case "good" -> signer.sign(header, payload);
            case "stranger" -> stranger.sign(header, payload);
            case "none" -> withoutSignature(signer.sign(header, payload));
            case "changed" -> Tampering.of(signer.sign(header, payload));
            default -> throw new IllegalArgumentException("signature: " + how);
        };
    }

    private static String withoutSignature(String token) {
        return token.substring(0, token.lastIndexOf('.') + 1);
    }

    /** The setting's policy with every key set filled in. */
    JsonValue withKeys(JsonValue value) {
        if (value instanceof JsonString text && text.value().startsWith("{{jwks:")) {
            return Json.parse(jwks(text.value().replaceAll("\\{\\{jwks:|}}", "")));
        }
        if (value instanceof JsonArray array) {
            return new JsonArray(array.items().stream().map(this::withKeys).toList());
        }
        if (value instanceof JsonObject object) {
            var members = new LinkedHashMap<String, JsonValue>();
            object.members().forEach((name, member) -> members.put(name, withKeys(member)));
            return new JsonObject(members);
        }
        return value;
    }

    @Override
    public void close() {
        providers.values().forEach(StandInProvider::close);
        stranger.close();
    }
}
