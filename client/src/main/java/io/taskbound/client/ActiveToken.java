// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import io.taskbound.client.internal.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the issuer's ledger says about a living token, in the answer to introspect or redeem.
 *
 * @param handle the token's {@code jti}
 * @param subject the task, provider and pipeline ({@code sub})
 * @param audience the resource server that it is for ({@code aud})
 * @param txn the id of the task instance, where the answer has it
 * @param expiresAt when it dies by itself ({@code exp})
 * @param details what it permits
 * @param usesLeft over all details; empty where uses are not counted
 * @param keyThumbprint of the key that it is bound to ({@code cnf.jkt}); after redeem its proof has been checked
 * @param nonce what the holder's next proof must carry, where it is bound to a key
 */
public record ActiveToken(
        String handle,
        String subject,
        String audience,
        Optional<String> txn,
        Instant expiresAt,
        List<TaskDetail> details,
        Optional<Long> usesLeft,
        Optional<String> keyThumbprint,
        Optional<String> nonce) {
    /** As the issuer said. */
    public ActiveToken {
        details = List.copyOf(details);
    }

    /** Exact equality; after introspect this is yours to check, redeem has checked it. */
    public boolean permits(String action, String identifier) {
        return details.stream().anyMatch(detail -> detail.permits(action, identifier));
    }

    /** Only what may stand in a header field (RFC 9449 section 8.1). */
    static Optional<String> nonce(JsonObject body) {
        return body.text("dpop_nonce").flatMap(ActiveToken::nonce);
    }

    static Optional<String> nonce(String text) {
        return text.matches("[\\x21\\x23-\\x5B\\x5D-\\x7E]{1,128}") ? Optional.of(text) : Optional.empty();
    }

    /** Empty unless every member that a decision rests on is there. */
    static Optional<ActiveToken> from(JsonObject body) {
        Optional<List<TaskDetail>> details = TaskDetail.allFrom(body);
        Optional<Long> expires = body.whole("exp");
        String handle = body.text("jti").orElse("");
        String subject = body.text("sub").orElse("");
        String audience = body.text("aud").orElse("");
        if (details.isEmpty() || expires.isEmpty() || handle.isEmpty() || subject.isEmpty() || audience.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new ActiveToken(
                handle,
                subject,
                audience,
                body.text("txn"),
                Instant.ofEpochSecond(expires.get()),
                details.get(),
                body.whole("uses_left"),
                body.object("cnf").flatMap(cnf -> cnf.text("jkt")),
                nonce(body)));
    }
}
