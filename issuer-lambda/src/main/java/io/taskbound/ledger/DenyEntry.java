// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * One line of the deny list, written by an administrator.
 *
 * @param value what {@code kind} compares with
 * @param until the entry no longer counts from this instant on; without it, it counts for ever
 * @param by who wrote it
 */
public record DenyEntry(Kind kind, String value, Optional<Instant> until, String by, Optional<String> note) {
    /** What of a record an entry names. */
    public enum Kind {
        /** The handle. */
        JTI,
        /** The run's text, or the run part of the handle. */
        RUN,
        TASK,
        /** The subject of the ID token, or its stable form. */
        SUBJECT,
        /** The project's immutable id. */
        PROJECT,
        PROVIDER,
        /** Every token issued before this ISO 8601 instant, whoever holds it. */
        ISSUED_BEFORE
    }

    public DenyEntry {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("value must not be empty");
        }
        if (kind == Kind.ISSUED_BEFORE) {
            requireInstant(value);
        }
    }

    /** Whether this entry denies the token at {@code now}. */
    public boolean denies(TokenRecord token, Instant now) {
        // At `until` itself the entry is over.
        return until.filter(end -> !now.isBefore(end)).isEmpty() && names(token);
    }

    private boolean names(TokenRecord token) {
        return switch (kind) {
            case JTI -> value.equals(token.jti().toString());
            case RUN -> value.equals(token.run()) || value.equals(token.jti().run());
            case TASK -> value.equals(token.task().value());
            case SUBJECT -> value.equals(token.subject()) || value.equals(token.stableSubject());
            case PROJECT -> token.projectId().filter(value::equals).isPresent();
            case PROVIDER -> value.equals(token.provider().value());
            case ISSUED_BEFORE -> token.issued().isBefore(Instant.parse(value));
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
