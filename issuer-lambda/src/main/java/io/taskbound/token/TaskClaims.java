// SPDX-License-Identifier: Apache-2.0
package io.taskbound.token;

import io.taskbound.digest.Sha256;
import io.taskbound.identity.Requester;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import io.taskbound.policy.PolicyVersion;
import io.taskbound.policy.TokenType;
import io.taskbound.task.ProviderName;
import io.taskbound.task.TaskName;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a task token says. Made from the record after it is written, so that the token can never say more than the
 * ledger knows.
 *
 * @param status where its end is published, for a server that reads status lists
 * @param key that the token is bound to (RFC 9449 section 6)
 * @param issued when the record was made; the token says it in whole seconds
 * @param expires in whole seconds
 */
public record TaskClaims(
        String issuer,
        TokenType type,
        Jti jti,
        TaskName task,
        Requester requester,
        String audience,
        JsonArray authorizationDetails,
        PolicyVersion policy,
        OptionalInt maxUses,
        Optional<StatusReference> status,
        Optional<KeyThumbprint> key,
        String txn,
        Instant issued,
        Instant expires) {
    /** A resource server whose clock is behind ours must not refuse a token that is used at once. */
    static final Duration BACKDATED = Duration.ofSeconds(30);

    private static final int MAX_SUBJECT_LENGTH = 127;
    private static final int SHA256_BYTES = 32;
    private static final String HASHED = "h-";

    /**
     * The {@code sub}: task, provider and the subject by immutable ids, for trust policies of others; at most 127 ASCII
     * characters, the subject hashed where it is longer.
     */
    public String subject() {
        return subject(task, requester.provider(), requester.stableSubject());
    }

    public static String subject(TaskName task, ProviderName provider, String stableSubject) {
        var prefix = "task:" + task + ":" + provider + ":";
        var readable = prefix + stableSubject;
        // A subject that looks like a hash is hashed too, or it could pass for the one whose hash it spells.
        var plain = readable.length() <= MAX_SUBJECT_LENGTH
                && readable.chars().allMatch(c -> c > ' ' && c < 0x7f)
                && !stableSubject.startsWith(HASHED);
        return plain ? readable : prefix + HASHED + Sha256.base64Url(stableSubject, SHA256_BYTES);
    }

    /**
     * The claims of RFC 9068 section 2.2, RFC 8693 section 4.1 ({@code act}), RFC 9396 section 9.1 and RFC 9449 section
     * 6.1.
     */
    JsonObject payload() {
        var payload = JsonObject.builder()
                .put("iss", issuer)
                .put("aud", audience)
                .put("sub", subject())
                .put("client_id", requester.provider().value())
                .put("iat", issued.getEpochSecond())
                .put("nbf", issued.minus(BACKDATED).getEpochSecond())
                .put("exp", expires.getEpochSecond())
                .put("jti", jti.toString())
                .put("txn", txn)
                .put("act", requester.actor())
                .putIfPresent("started_by", requester.startedBy())
                .put("authorization_details", authorizationDetails)
                .put(
                        "policy",
                        JsonObject.builder()
                                .put("version", policy.number())
                                .put("hash", policy.hash())
                                .build());
        maxUses.ifPresent(limit -> payload.put("max_uses", limit));
        status.ifPresent(reference -> payload.put("status", reference.json()));
        key.ifPresent(bound -> payload.put(
                "cnf", JsonObject.builder().put("jkt", bound.value()).build()));
        return payload.build();
    }

    static JsonObject header(TokenType type, String keyId) {
        return JsonObject.builder()
                .put("typ", type.header())
                .put("alg", "ES256")
                .put("kid", keyId)
                .build();
    }

    byte[] signingInput(String keyId) {
        var base64url = Base64.getUrlEncoder().withoutPadding();
        var header = base64url.encodeToString(JsonText.of(header(type, keyId)).getBytes(StandardCharsets.UTF_8));
        var payload = base64url.encodeToString(JsonText.of(payload()).getBytes(StandardCharsets.UTF_8));
        return (header + "." + payload).getBytes(StandardCharsets.US_ASCII);
    }
}
