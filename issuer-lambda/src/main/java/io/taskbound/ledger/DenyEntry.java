// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;

/**
 * One line of the deny list, written by an administrator.
 *
 * @param value what {@code kind} compares with
 * @param until the entry no longer applies from this instant on; without it, it applies permanently
 * @param at when it was written; for people, never for a decision
 * @param by who wrote it
 * @param note why, in that person's words
 */
public record DenyEntry(
        Kind kind, String value, Optional<Instant> until, Instant at, String by, Optional<String> note) {
    /** What of a record an entry names. */
    public enum Kind {
        /** The handle. */
        JTI("jti", "JTI"),
        /** The run's text, or the run part of the handle. */
        RUN("run", "RUN"),
        TASK("task", "TASK"),
        /** The subject of the ID token, or its stable form. */
        SUBJECT("subject", "SUBJECT"),
        /** The project's immutable id. */
        PROJECT("project", "PROJECT"),
        PROVIDER("provider", "PROVIDER"),
        /** Every token issued before this ISO 8601 instant, whoever holds it. */
        ISSUED_BEFORE("issued_before", "ISSUED_BEFORE");

        private final String wire;
        private final String stored;

        Kind(String wire, String stored) {
            this.wire = wire;
            this.stored = stored;
        }

        /** As the administrator's commands name it to programs. */
        public String wire() {
            return wire;
        }

        /** As the table holds it. */
        String stored() {
            return stored;
        }

        /** @throws IllegalArgumentException when we store no such text */
        static Kind read(String stored) {
            return Arrays.stream(values())
                    .filter(kind -> kind.stored.equals(stored))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("not a kind that we store"));
        }
    }

    public DenyEntry {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("value must not be empty");
        }
        if (kind == Kind.ISSUED_BEFORE) {
            requireInstant(value);
        }
        until = until.map(end -> end.truncatedTo(ChronoUnit.MILLIS));
        at = at.truncatedTo(ChronoUnit.MILLIS);
    }

    /** Whether this entry denies the token at {@code now}. */
    public boolean denies(TokenRecord token, Instant now) {
        return isInForce(now) && names(token);
    }

    /** Whether this entry counts at {@code now}. */
    public boolean isInForce(Instant now) {
        // At `until` itself the entry is over.
        return until.filter(end -> !now.isBefore(end)).isEmpty();
    }

    /** Whether the token is one of those that this entry is about, whatever the time. */
    public boolean names(TokenRecord token) {
        return switch (kind) {
            case JTI -> value.equals(token.jti().toString());
            case RUN ->
                value.equals(token.requester().run())
                        || value.equals(token.jti().run());
            case TASK -> value.equals(token.grant().task().value());
            case SUBJECT ->
                value.equals(token.requester().subject())
                        || value.equals(token.requester().stableSubject());
            case PROJECT -> token.requester().projectId().filter(value::equals).isPresent();
            case PROVIDER -> value.equals(token.requester().provider().value());
            case ISSUED_BEFORE -> token.life().issued().isBefore(Instant.parse(value));
        };
    }

    private static void requireInstant(String value) {
        try {
            Instant.parse(value);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("value must be an instant such as 2026-11-23T00:00:00Z", e);
        }
    }
}
