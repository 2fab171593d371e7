// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import io.taskbound.client.internal.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The claims set of a task token by type; nothing of it is believed yet. */
record TaskClaims(
        String issuer,
        Optional<String> audience,
        String subject,
        String provider,
        String handle,
        String txn,
        Instant notBefore,
        Instant expiresAt,
        List<TaskDetail> details,
        Optional<Long> maxUses,
        Optional<StatusClaim> status,
        Optional<String> keyThumbprint) {
    /** 9999-12-31: later numbers are no dates. */
    private static final long LAST_SECOND = 253_402_300_799L;

    /** Empty when a claim that every task token has is missing or of another type; {@code aud} is judged later. */
    static Optional<TaskClaims> from(JsonObject body) {
        List<String> texts = List.of("iss", "sub", "client_id", "jti", "txn");
        boolean named = texts.stream()
                .allMatch(
                        name -> body.text(name).filter(text -> !text.isEmpty()).isPresent());
        boolean timed = List.of("iat", "nbf", "exp").stream()
                .allMatch(name -> time(body, name).isPresent());
        Optional<List<TaskDetail>> details = TaskDetail.allFrom(body);
        boolean usesAreWhole = body.has("max_uses") == body.whole("max_uses").isPresent();
        Optional<StatusClaim> status = body.object("status").flatMap(StatusClaim::from);
        boolean statusIsKnown = body.has("status") == status.isPresent();
        Optional<String> key =
                body.object("cnf").flatMap(cnf -> cnf.text("jkt")).filter(text -> !text.isEmpty());
        boolean keyIsKnown = body.names().contains("cnf") == key.isPresent();
        if (!named || !timed || details.isEmpty() || !usesAreWhole || !statusIsKnown || !keyIsKnown) {
            return Optional.empty();
        }
        return Optional.of(new TaskClaims(
                body.text("iss").orElseThrow(),
                body.text("aud"),
                body.text("sub").orElseThrow(),
                body.text("client_id").orElseThrow(),
                body.text("jti").orElseThrow(),
                body.text("txn").orElseThrow(),
                time(body, "nbf").orElseThrow(),
                time(body, "exp").orElseThrow(),
                details.get(),
                body.whole("max_uses"),
                status,
                key));
    }

    private static Optional<Instant> time(JsonObject body, String name) {
        return body.whole(name)
                .filter(second -> second >= 0 && second <= LAST_SECOND)
                .map(Instant::ofEpochSecond);
    }
}
