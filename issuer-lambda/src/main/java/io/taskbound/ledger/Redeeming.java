// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import static io.taskbound.ledger.Attributes.CLOSED_AT;
import static io.taskbound.ledger.Attributes.CLOSED_BY;
import static io.taskbound.ledger.Attributes.CLOSED_CAUSE;
import static io.taskbound.ledger.Attributes.CLOSING_WRITE;
import static io.taskbound.ledger.Attributes.DETAILS;
import static io.taskbound.ledger.Attributes.FIRST_DEADLINE;
import static io.taskbound.ledger.Attributes.MAX_USES;
import static io.taskbound.ledger.Attributes.SWEEP_SHARD;
import static io.taskbound.ledger.Attributes.USES;
import static io.taskbound.ledger.Attributes.USES_LEFT;
import static io.taskbound.ledger.Attributes.USE_COUNT;
import static io.taskbound.ledger.Attributes.WRITE;

import io.taskbound.digest.Base64Url;
import io.taskbound.ledger.Redemption.First;
import io.taskbound.ledger.Redemption.Refused;
import io.taskbound.ledger.Redemption.Repeat;
import io.taskbound.ledger.Redemption.Why;
import java.util.Optional;

/** One use of one token: the writes that count it, and what a refused write means. */
final class Redeeming {
    private static final int NONCE_BYTES = 6;
    private static final String PERMITTED = Conditions.ACTIVE + " AND " + Conditions.IN_TIME + " AND " + DETAILS
            + " = :ad AND attribute_not_exists(" + USES + ".#use)";
    /** The first end that is written stays, and its token leaves the sweeper's index. */
    private static final String END = CLOSED_AT + " = :at, " + CLOSED_BY + " = :by, " + CLOSED_CAUSE + " = :cause, "
            + CLOSING_WRITE + " = :write REMOVE " + SWEEP_SHARD + ", " + FIRST_DEADLINE;

    private static final String ROOM = "(attribute_exists(" + MAX_USES + ") OR size(" + USES + ") < :most)";

    private final TokenRecord seen;
    private final String useKey;
    private final RecordedUse use;
    /** Tells this write's own repetition by the SDK from a second call with the same key. */
    private final String write = Base64Url.random(NONCE_BYTES);

    Redeeming(TokenRecord seen, String useKey, RecordedUse use) {
        this.seen = seen;
        this.useKey = useKey;
        this.use = use;
    }

    /**
     * Counts the use and remembers it; refused when a token without limit remembers enough already. Uses only ever
     * become fewer, so a use that was the last one left when the record was seen is the last one now, or refused.
     */
    Update counted() {
        boolean last = seen.uses().hasOneLeftOf(use.object());
        var counted = update(
                        PERMITTED + " AND " + left() + " > :zero AND " + ROOM,
                        "SET " + count() + ", " + USES + ".#use = :use" + (last ? ", " + END : ""))
                .with(":use", UseItem.of(use, write))
                .with(":most", (long) Uses.MAX_REMEMBERED);
        return last ? end(counted) : counted;
    }

    /** The end of a token that this use has spent, where the one before it was not yet counted when it was seen. */
    Update spent() {
        return end(Update.of("end", Key.token(seen.jti()), Conditions.NOT_ENDED, "SET " + END)
                .with(":active", TokenItem.ACTIVE));
    }

    /** Whether this call wrote what stands there. */
    boolean wrote(Item there) {
        return there.optionalText(CLOSING_WRITE).equals(Optional.of(write));
    }

    private Update end(Update update) {
        return update.with(":at", use.at().toEpochMilli())
                .with(":by", seen.grant().server().value())
                .with(":cause", Cause.SPENT.stored())
                .with(":write", write);
    }

    /** Counts the use of a token without limit that remembers enough already. */
    Update countedOnly() {
        return update(
                PERMITTED + " AND attribute_not_exists(" + MAX_USES + ") AND " + left() + " > :zero", "SET " + count());
    }

    private Update update(String condition, String change) {
        return Update.of("redeem", Key.token(seen.jti()), condition, change)
                .withName("#use", useKey)
                .with(":active", TokenItem.ACTIVE)
                .with(":now", use.at().toEpochMilli())
                .with(":ad", seen.grant().details().text())
                .with(":zero", 0L)
                .with(":one", 1L);
    }

    private String left() {
        return USES_LEFT + "[" + use.object() + "]";
    }

    private String count() {
        return left() + " = " + left() + " - :one, " + USE_COUNT + " = " + USE_COUNT + " + :one";
    }

    /** Why {@link #counted} was refused. A dead token is dead even to a repeat, except one that is merely spent. */
    Redemption judge(Item there) {
        var token = TokenItem.read(there);
        var dead = death(token.life().livenessAt(use.at()));
        if (dead.isPresent()) {
            return new Refused(token, dead.get());
        }
        if (!token.grant().details().equals(seen.grant().details())) {
            return new Refused(token, Why.NOT_PERMITTED);
        }
        return token.uses().remembered().containsKey(useKey)
                ? judgeKnown(token, there.item(USES).item(useKey))
                : new Refused(token, use.object() < token.uses().left().size() ? Why.SPENT : Why.NOT_PERMITTED);
    }

    /** Spent is not among them: a life knows nothing of uses. */
    private static Optional<Why> death(Liveness liveness) {
        return switch (liveness) {
            case CLOSED, REVOKED -> Optional.of(Why.CLOSED);
            case LAPSED -> Optional.of(Why.LAPSED);
            case EXPIRED -> Optional.of(Why.EXPIRED);
            case ALIVE, SPENT -> Optional.empty();
        };
    }

    private Redemption judgeKnown(TokenRecord token, Item known) {
        if (known.text(WRITE).equals(write)) {
            return new First(token);
        }
        var before = UseItem.read(known);
        return before.object() == use.object() && before.action().equals(use.action())
                ? new Repeat(token)
                : new Refused(token, Why.NOT_PERMITTED);
    }

    /** Whether only the memory of a token without limit was full. */
    boolean mayBeCountedOnly(Redemption judged) {
        return judged instanceof Refused refused
                && refused.there().uses().max().isEmpty()
                && refused.there().livenessAt(use.at()) == Liveness.ALIVE
                && refused.there().uses().remembered().size() >= Uses.MAX_REMEMBERED
                && !refused.there().uses().remembered().containsKey(useKey)
                && refused.there().grant().details().equals(seen.grant().details());
    }
}
