// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import static io.taskbound.ledger.Attributes.CLOSED_BEFORE;
import static io.taskbound.ledger.Attributes.CLOSED_FIRST;
import static io.taskbound.ledger.Attributes.CLOSED_PROOFS;
import static io.taskbound.ledger.Attributes.ENDED;
import static io.taskbound.ledger.Attributes.ENDED_JOBS;
import static io.taskbound.ledger.Attributes.TTL;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The control item of a run. It also holds what was closed of single jobs: a handle names the run and not the job, so
 * only one item for all of them can be read together with the token. Each {@link ControlLine} has attributes of its
 * own; their names end with its {@link ControlLine#suffix}.
 */
final class ControlItem {
    /** So many ends of jobs are kept for one speaker, because whoever looks a token up reads them all. */
    static final int MOST_ENDED_JOBS = 1_000;

    private static final Set<String> NAMES = Set.of(CLOSED_BEFORE, CLOSED_FIRST, CLOSED_PROOFS, ENDED);
    private static final int NAME = 2;

    private ControlItem() {}

    /**
     * Closes everything up to {@code until}; a later closing stays as it is.
     *
     * @param at now, which is kept if it is the first closing
     */
    static Update closing(String runKey, ControlLine line, Instant until, Instant at, long ttlEpochSeconds) {
        return moved(
                        runKey,
                        CLOSED_BEFORE + line.suffix(),
                        "SET #closing = :to, #first = if_not_exists(#first, :at), #ttl = :ttl",
                        until,
                        ttlEpochSeconds)
                .withName("#first", CLOSED_FIRST + line.suffix())
                .with(":at", at.toEpochMilli());
    }

    /** Closes proofs up to one that the provider's clock, running ahead of ours, has dated later than the closing. */
    static Update closingProofs(String runKey, ControlLine line, Instant proofIssued, long ttlEpochSeconds) {
        return moved(
                runKey, CLOSED_PROOFS + line.suffix(), "SET #closing = :to, #ttl = :ttl", proofIssued, ttlEpochSeconds);
    }

    private static Update moved(String runKey, String attribute, String change, Instant to, long ttlEpochSeconds) {
        return Update.of("close all", Key.control(runKey), "attribute_not_exists(#closing) OR #closing < :to", change)
                .withName("#closing", attribute)
                .withName("#ttl", TTL)
                .with(":to", to.toEpochMilli())
                .with(":ttl", ttlEpochSeconds);
    }

    /** Nothing more may be minted of the run or job; once is enough. Refused for more jobs than are kept. */
    static Update ended(String runKey, ControlLine line, Instant at, long ttlEpochSeconds) {
        var once = "attribute_not_exists(#ended)";
        var set = "SET #ended = :at, #ttl = :ttl";
        var update = line.job().isEmpty()
                ? Update.of("end", Key.control(runKey), once, set)
                : Update.of(
                                "end",
                                Key.control(runKey),
                                once + " AND (attribute_not_exists(#jobs) OR #jobs < :most)",
                                set + " ADD #jobs :one")
                        .withName("#jobs", ENDED_JOBS + line.bySuffix())
                        .with(":most", (long) MOST_ENDED_JOBS)
                        .with(":one", 1L);
        return update.withName("#ended", ENDED + line.suffix())
                .withName("#ttl", TTL)
                .with(":at", at.toEpochMilli())
                .with(":ttl", ttlEpochSeconds);
    }

    static RunClosings read(Map<Key, Item> items, Key key) {
        return Optional.ofNullable(items.get(key)).map(ControlItem::read).orElse(RunClosings.NONE);
    }

    static RunClosings read(Item item) {
        var lines = new HashMap<ControlLine, RunControl>();
        for (var name : item.attributes().keySet()) {
            if (name.length() >= NAME && NAMES.contains(name.substring(0, NAME))) {
                ControlLine.read(name.substring(NAME))
                        .ifPresent(line -> lines.computeIfAbsent(line, each -> control(item, each.suffix())));
            }
        }
        return new RunClosings(lines);
    }

    private static RunControl control(Item item, String suffix) {
        return new RunControl(
                item.optionalTime(CLOSED_FIRST + suffix),
                item.optionalTime(CLOSED_BEFORE + suffix),
                item.optionalTime(CLOSED_PROOFS + suffix),
                item.optionalTime(ENDED + suffix));
    }
}
