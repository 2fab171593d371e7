// SPDX-License-Identifier: Apache-2.0
package io.taskbound.receipt;

import io.taskbound.json.JsonObject;
import io.taskbound.ledger.Cause;
import io.taskbound.ledger.Closure;
import io.taskbound.ledger.DenyEntry;
import io.taskbound.ledger.Liveness;
import io.taskbound.ledger.RecordedUse;
import io.taskbound.ledger.TokenRecord;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * How a token stood when its receipt was made, and what ended it. A deadline ends a token by itself; so the end is
 * known before anybody has written it to the record.
 */
final class TokenEnd {
    /** Who revoked or denied is for the audit log: a receipt may be published, and their names are not the run's. */
    private static final String ADMINISTRATOR = "administrator";

    private final TokenRecord record;
    private final Optional<DenyEntry> denial;
    private final Liveness liveness;
    /** Denied while it lived, and nobody has written that to its record yet. */
    private final boolean denied;

    /** @param denial the entry of the deny list that names it, if one does at {@code now} */
    TokenEnd(TokenRecord record, Optional<DenyEntry> denial, Instant now) {
        this.record = record;
        this.denial = denial;
        this.liveness = record.livenessAt(now);
        this.denied = record.life().end().isEmpty()
                && liveness != Liveness.SPENT
                && denial.filter(entry -> liveness == Liveness.ALIVE
                                || entry.at().isBefore(record.life().deadline()))
                        .isPresent();
    }

    /** {@code active}, {@code closed}, {@code revoked}, {@code spent}, {@code lapsed} or {@code expired}. */
    String state() {
        // A spent token may have been closed since; what ended it is its last use.
        if (record.life().end().filter(end -> end.cause() == Cause.SPENT).isPresent()) {
            return "spent";
        }
        if (denied) {
            return "revoked";
        }
        return switch (liveness) {
            case ALIVE -> "active";
            case CLOSED -> "closed";
            case REVOKED -> "revoked";
            case SPENT -> "spent";
            case LAPSED -> "lapsed";
            // As the sweeper will write it.
            case EXPIRED -> record.expiresWithItsWindow() ? "closed" : "expired";
        };
    }

    /** Empty while the token is alive. */
    Optional<JsonObject> json() {
        return record.life().end().map(this::recorded).or(this::byItself);
    }

    private JsonObject recorded(Closure closure) {
        var end = JsonObject.builder()
                .put("at", closure.at().toString())
                .put("cause", closure.cause().wire())
                .put("by", isAdministrators(closure.cause()) ? ADMINISTRATOR : closure.by());
        diedBefore(closure).ifPresent(at -> end.put("dead_since", at.toString()));
        return end.build();
    }

    private static boolean isAdministrators(Cause cause) {
        return cause == Cause.ADMINISTRATOR || cause == Cause.DENIED;
    }

    /** From when on it was dead already when somebody closed it. */
    private Optional<Instant> diedBefore(Closure closure) {
        var before = record.livenessBeforeItWasClosedAt(closure.at());
        var died =
                switch (before) {
                    case LAPSED -> record.life().leaseDeadline();
                    case EXPIRED -> Optional.of(record.life().expires());
                    case ALIVE, CLOSED, REVOKED, SPENT -> Optional.<Instant>empty();
                };
        return died.filter(at -> at.isBefore(closure.at()));
    }

    private Optional<JsonObject> byItself() {
        if (denied) {
            return denial.map(entry -> end(deniedAt(entry), Cause.DENIED, ADMINISTRATOR));
        }
        return switch (liveness) {
            case SPENT ->
                lastUse()
                        .map(use -> end(
                                use.at(), Cause.SPENT, record.grant().server().value()));
            case LAPSED -> record.life().leaseDeadline().map(at -> end(at, Cause.LAPSED, Closure.CLOCK));
            case EXPIRED ->
                Optional.of(end(
                        record.life().expires(),
                        record.expiresWithItsWindow() ? Cause.WINDOW : Cause.EXPIRED,
                        Closure.CLOCK));
            case ALIVE, CLOSED, REVOKED -> Optional.empty();
        };
    }

    /** An entry may be older than the token that it denies. */
    private Instant deniedAt(DenyEntry entry) {
        var issued = record.life().issued();
        return entry.at().isBefore(issued) ? issued : entry.at();
    }

    private Optional<RecordedUse> lastUse() {
        return record.uses().remembered().values().stream().max(Comparator.comparing(RecordedUse::at));
    }

    private static JsonObject end(Instant at, Cause cause, String by) {
        return JsonObject.builder()
                .put("at", at.toString())
                .put("cause", cause.wire())
                .put("by", by)
                .build();
    }
}
