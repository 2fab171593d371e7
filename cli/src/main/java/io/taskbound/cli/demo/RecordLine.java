// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.demo;

import io.taskbound.ledger.Cause;
import io.taskbound.ledger.DynamoLedger;
import io.taskbound.ledger.Ledger;
import io.taskbound.ledger.TokenRecord;
import io.taskbound.token.Jti;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** What the ledger knows of a token, in words: read from its record, never from what the story expects. */
final class RecordLine {
    /** Beyond the lease's end by what a clock may be coarse. */
    private static final Duration MARGIN = Duration.ofMillis(20);

    private static final double MILLIS = 1_000.0;

    private final Ledger ledger;
    private final Instant now;

    RecordLine(Ledger ledger, Instant now) {
        this.ledger = ledger;
        this.now = now;
    }

    /** Enough of a handle to recognise it; the part of the run is the same for all tokens of a run. */
    static String shortHandle(String handle) {
        var proof = handle.substring(handle.indexOf('.') + 1);
        return proof.substring(0, Math.min(4, proof.length())) + "…";
    }

    /** Uses, life and lease, as they were granted. */
    String limits(String handle) throws StoryBroken {
        var record = find(handle);
        var uses = record.uses().max().isPresent() ? count(record.uses().max().getAsInt()) : "unlimited uses";
        // The expiry is a whole second, so the life falls short of its minutes by less than one.
        var life = Duration.between(record.life().issued(), record.life().expires())
                        .plusSeconds(1)
                        .toMinutes() + " min";
        return "handle " + shortHandle(handle) + "  " + uses + ", " + life + lease(", ", record);
    }

    /** The lease, where one runs. */
    String lease(String handle) throws StoryBroken {
        return "handle " + shortHandle(handle) + lease("  ", find(handle));
    }

    private static String lease(String before, TokenRecord record) {
        return record.life()
                .lease()
                .map(length -> before + "dies " + length.toSeconds() + " s after its last heartbeat")
                .orElse("");
    }

    String uses(String handle) throws StoryBroken {
        var record = find(handle);
        return "use " + record.uses().remembered().size() + " of "
                + record.uses().max().orElse(0);
    }

    /** Who closed it and how long it lived. */
    String end(String handle) throws StoryBroken {
        var record = find(handle);
        var end = record.life().end().orElseThrow(() -> new StoryBroken("the ledger does not know of the end"));
        var lived = Duration.between(record.life().issued(), end.at()).toMillis() / MILLIS;
        var by = end.cause() == Cause.SPENT ? "last use" : end.cause().wire();
        return String.format(Locale.ROOT, "by its %s, lived %.2f s", by, lived);
    }

    /** How long the token would live without another heartbeat. */
    Duration untilLapse(String handle) throws StoryBroken {
        var deadline = find(handle).life().leaseDeadline().orElseThrow(() -> new StoryBroken("the token has no lease"));
        var left = Duration.between(now, deadline).plus(MARGIN);
        return left.isNegative() ? Duration.ZERO : left;
    }

    String of(String handle) throws StoryBroken {
        var record = find(handle);
        var who = record.requester();
        var grant = record.grant();
        return shortHandle(handle) + "  " + grant.task() + "  " + who.provider() + " "
                + who.projectName().orElse(who.subject()) + " run " + who.run()
                + who.startedBy().map(person -> " by " + person).orElse("") + "  policy "
                + grant.policy().label() + "  " + record.livenessAt(now) + " by " + grant.server() + "  kept "
                + DynamoLedger.DEFAULT_RETENTION.toDays() + " d";
    }

    private TokenRecord find(String handle) throws StoryBroken {
        return Jti.parse(handle)
                .flatMap(ledger::find)
                .orElseThrow(() -> new StoryBroken("the ledger has no record of " + handle));
    }

    private static String count(int uses) {
        return uses + (uses == 1 ? " use" : " uses");
    }
}
