// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.tokens;

import io.taskbound.cli.terminal.Complaint;
import io.taskbound.identity.IdToken;
import io.taskbound.ledger.DenyEntry;
import io.taskbound.ledger.DenyEntry.Kind;
import io.taskbound.ledger.DenyListLine;
import io.taskbound.ledger.Ledger;
import io.taskbound.policy.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * For how long a revocation must count. An entry may end when nothing that it named can be alive: earlier, tokens would
 * come back to life.
 */
final class Revocation {
    /** No token lives longer, whatever the policy. */
    static final Duration MAX_LIFE = Policy.HIGHEST_CEILING.plus(Ledger.MAX_SKEW);

    private static final Duration MAX_LENGTH = Duration.ofDays(400);
    /** The same again within this time changes nothing. */
    private static final Duration SAME = Duration.ofMinutes(10);
    /** The issuer reads the whole list after each change. */
    private static final int MAX_ENTRIES = 1_000;

    private Revocation() {}

    /** When the entry of anything but one token may end. */
    static Optional<Instant> end(Kind kind, Optional<Duration> typed, boolean permanent, Instant now) throws Complaint {
        if (permanent && typed.isPresent()) {
            throw Complaint.usage("--for and --permanent exclude each other.", "Leave out one of them.");
        }
        if ((permanent || typed.isPresent()) && (kind == Kind.JTI || kind == Kind.ISSUED_BEFORE)) {
            throw Complaint.usage(
                    "--for and --permanent are for a run, task, project, provider or subject.",
                    "What was already issued is dead within an hour anyway; leave them out.");
        }
        if (permanent) {
            return Optional.empty();
        }
        var least = kind == Kind.RUN ? IdToken.MAX_LIFE.plus(MAX_LIFE) : MAX_LIFE;
        var length = typed.orElse(least);
        if (length.compareTo(least) < 0 || length.compareTo(MAX_LENGTH) > 0) {
            throw Complaint.usage(
                    "--for must be " + least.toMinutes() + "m to 400d.",
                    "A shorter entry would end before the tokens it denies expire, and they would be alive again.");
        }
        return Optional.of(now.plus(length));
    }

    /** An entry in force that does the same, to the end or nearly. */
    static Optional<DenyListLine.Written> same(List<DenyListLine.Written> list, DenyEntry entry, Instant now) {
        return list.stream()
                .filter(there -> there.entry().kind() == entry.kind()
                        && there.entry().value().equals(entry.value())
                        && there.entry().isInForce(now))
                .filter(there -> there.entry().until().isEmpty()
                        || entry.until()
                                .filter(end ->
                                        !there.entry().until().orElseThrow().isBefore(end.minus(SAME)))
                                .isPresent())
                .findFirst();
    }

    /** A long list would slow every decision after a change; one wide entry does what a thousand narrow ones do. */
    static void requireRoom(List<DenyListLine> list, Kind kind) throws Complaint {
        boolean narrow = kind == Kind.JTI || kind == Kind.RUN || kind == Kind.SUBJECT;
        if (narrow && list.size() >= MAX_ENTRIES) {
            throw Complaint.refused(
                    "The deny list has " + list.size()
                            + " entries, and the issuer reads all of them after each change.",
                    "Revoke more at once with --task, --project, --provider or --issued-before: that is one"
                            + " entry. Entries leave the list 30 days after their end.");
        }
    }
}
