// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import static io.taskbound.ledger.Attributes.CLOSED_AT;
import static io.taskbound.ledger.Attributes.CLOSED_BY;
import static io.taskbound.ledger.Attributes.CLOSED_CAUSE;
import static io.taskbound.ledger.Attributes.CLOSED_NOTE;
import static io.taskbound.ledger.Attributes.CLOSING_WRITE;
import static io.taskbound.ledger.Attributes.FIRST_DEADLINE;
import static io.taskbound.ledger.Attributes.LEASE_DEADLINE;
import static io.taskbound.ledger.Attributes.STATE;
import static io.taskbound.ledger.Attributes.SWEEP_SHARD;

import io.taskbound.digest.Base64Url;
import io.taskbound.ledger.DynamoTable.Listed;
import io.taskbound.ledger.DynamoTable.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Writes to records that nobody ended how they ended: their tokens are dead already, and nothing waits for this. Any
 * number of sweepers may run at once; each end is one conditional write, and whoever wins it alone hears of it. A token
 * that was renewed meanwhile moves to its new deadline instead.
 */
public final class Sweeper {
    /** The index is cut into so many parts, which can be swept side by side. */
    public static final int SHARDS = 64;

    /**
     * A deadline counts so much later than it passed by this clock: should the clock be ahead of the issuer's, no
     * heartbeat comes too late for it.
     */
    public static final Duration GRACE = Duration.ofSeconds(30);

    private static final int NONCE_BYTES = 9;

    private final DynamoTable table;
    private final DenyListCache denyLists;
    private final DynamoStatusLists statusLists;

    public Sweeper(DynamoTable table) {
        this.table = table;
        this.denyLists = new DenyListCache(table);
        this.statusLists = new DynamoStatusLists(table);
    }

    /** Hears what a sweep of one shard does, and says how long it continues. */
    public interface Progress {
        /** This call, and no other, wrote the end of this token; the record as it is now. */
        void ended(TokenRecord token);

        /** It lives longer than when it was put there; it has a new place in the index. */
        void rearmed();

        /** Its record is not of our layout: it keeps its place, and is in nobody's way. */
        void unreadable();

        /**
         * Asked before each token: a page of them may take longer than there is time, where the table is slow.
         *
         * @param reached the token's deadline; those of the tokens after it are no earlier
         * @return whether to go on
         */
        boolean goesOn(Instant reached);
    }

    /**
     * Sweeps one shard, page by page, the oldest deadlines first.
     *
     * @param shard from 0 to {@link #SHARDS}, exclusive
     * @throws LedgerUnavailable when the table cannot be reached; what was heard of until then is done
     */
    public void sweep(int shard, Instant now, Progress progress) {
        var cutoff = now.minus(GRACE);
        Optional<Position> from = Optional.empty();
        boolean more;
        do {
            var page = table.due(Integer.toString(shard), cutoff, from);
            from = page.next();
            more = settle(page.entries(), now, cutoff, progress) && from.isPresent();
        } while (more);
    }

    /** False when the time was over before the page was done. */
    private boolean settle(List<Listed> due, Instant now, Instant cutoff, Progress progress) {
        if (due.isEmpty()) {
            return true;
        }
        var tokens = due.stream().map(Listed::key).toList();
        var controls = tokens.stream().map(Key::controlOfRun).distinct();
        var there = table.getEach(
                "sweep",
                Stream.concat(Stream.concat(tokens.stream(), controls), Stream.of(Key.DENY_HEAD))
                        .toList());
        var denied = denyLists.at(readable(there, Key.DENY_HEAD));
        var judgement = new Judgement(denied, now, cutoff);
        for (var entry : due) {
            if (!progress.goesOn(entry.at())) {
                return false;
            }
            // What the table has forgotten since has no record any more.
            if (there.containsKey(entry.key())) {
                settle(entry.key(), there, judgement, progress);
            }
        }
        return true;
    }

    /** An item that decides and cannot be read stops the shard: in doubt, nothing is written. */
    private static Map<Key, Item> readable(Map<Key, Optional<Item>> there, Key key) {
        var item = there.get(key);
        return item == null
                ? Map.of()
                : Map.of(key, item.orElseThrow(() -> LedgerUnavailable.unreadable("of the deny list")));
    }

    private record Judgement(DenyList denied, Instant now, Instant cutoff) {}

    private void settle(Key key, Map<Key, Optional<Item>> there, Judgement judgement, Progress progress) {
        DueToken due;
        try {
            due = DueToken.read(key, there);
        } catch (LedgerUnavailable notOurs) {
            progress.unreadable();
            return;
        }
        if (due.token().life().end().isPresent()) {
            // The index lags behind the write that ended it.
            return;
        }
        var end = due.end(judgement.denied(), judgement.now(), judgement.cutoff());
        if (end.isPresent()) {
            end(due, end.get()).ifPresent(progress::ended);
        } else if (rearm(due, judgement.cutoff())) {
            progress.rearmed();
        }
    }

    Optional<TokenRecord> end(DueToken due, Closure end) {
        // Before the end, as everywhere; of an expiry the token itself tells.
        if (end.cause() != Cause.EXPIRED) {
            due.token().grant().status().ifPresent(statusLists::end);
        }
        var write = Base64Url.random(NONCE_BYTES);
        var note = end.note().isPresent() ? ", " + CLOSED_NOTE + " = :note" : "";
        var update = unchanged(
                        "sweep",
                        due,
                        "SET " + STATE + " = :state, " + CLOSED_AT + " = :at, " + CLOSED_BY + " = :by, " + CLOSED_CAUSE
                                + " = :cause, " + CLOSING_WRITE + " = :write" + note + " REMOVE " + SWEEP_SHARD + ", "
                                + FIRST_DEADLINE)
                .with(":state", end.cause().state().stored())
                .with(":at", end.at().toEpochMilli())
                .with(":by", end.by())
                .with(":cause", end.cause().stored())
                .with(":write", write);
        var ending = end.note().map(text -> update.with(":note", text)).orElse(update);
        return written(ending, write).map(TokenItem::read);
    }

    /** The record, if this very write made it what it is. */
    private Optional<Item> written(Update ending, String write) {
        try {
            return table.update(ending)
                    .match(
                            applied -> Optional.of(applied.after()),
                            refused -> refused.there().filter(item -> isOf(item, write)));
        } catch (LedgerUnavailable unheard) {
            // Perhaps it was done, and each of its answers was lost: then nobody but this call can tell of the end.
            var there = table.get("sweep", List.of(ending.key())).get(ending.key());
            if (there == null || !isOf(there, write)) {
                throw unheard;
            }
            return Optional.of(there);
        }
    }

    private static boolean isOf(Item item, String write) {
        return item.optionalText(CLOSING_WRITE).equals(Optional.of(write));
    }

    /**
     * A token whose signature was not made moves by one lease at most: its lease begins when the signature is made, and
     * that changes nothing in the index.
     */
    private boolean rearm(DueToken due, Instant cutoff) {
        var life = due.token().life();
        var soonest = life.lease().filter(lease -> life.unsigned()).map(cutoff::plus);
        var deadline = soonest.filter(life.deadline()::isAfter).orElse(life.deadline());
        return table.update(unchanged("sweep", due, "SET " + FIRST_DEADLINE + " = :deadline")
                        .with(":deadline", deadline.toEpochMilli()))
                .match(applied -> true, refused -> false);
    }

    /** Nobody has ended or renewed it since it was read. */
    private static Update unchanged(String what, DueToken due, String change) {
        var key = Key.token(due.token().jti());
        var update = due.leaseDeadline().isPresent()
                ? Update.of(what, key, Conditions.NOT_ENDED + " AND " + LEASE_DEADLINE + " = :seen", change)
                        .with(":seen", due.leaseDeadline().getAsLong())
                : Update.of(
                        what, key, Conditions.NOT_ENDED + " AND attribute_not_exists(" + LEASE_DEADLINE + ")", change);
        return update.with(":active", TokenItem.ACTIVE);
    }
}
