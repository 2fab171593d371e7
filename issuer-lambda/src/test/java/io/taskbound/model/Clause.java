// SPDX-License-Identifier: Apache-2.0
package io.taskbound.model;

import static io.taskbound.model.Invariant.BOUNDED_RECORD;
import static io.taskbound.model.Invariant.CLOSED_IS_DEAD;
import static io.taskbound.model.Invariant.COUNTED_USES;
import static io.taskbound.model.Invariant.DEAD_IN_TIME;
import static io.taskbound.model.Invariant.ENDED_STAYS;
import static io.taskbound.model.Invariant.EVERY_END;
import static io.taskbound.model.Invariant.GRANTED_ALIVE;
import static io.taskbound.model.Invariant.HELD_LEASE;
import static io.taskbound.model.Invariant.LEFT_INDEX;
import static io.taskbound.model.Invariant.LISTED_DENIALS;
import static io.taskbound.model.Invariant.LIVE_RENEWAL;
import static io.taskbound.model.Invariant.NOT_EARLY;
import static io.taskbound.model.Invariant.ONE_END;
import static io.taskbound.model.Invariant.ONE_LINE;
import static io.taskbound.model.Invariant.ONE_TOKEN;
import static io.taskbound.model.Invariant.OWN_ANSWER;
import static io.taskbound.model.Invariant.OWN_REASON;
import static io.taskbound.model.Invariant.PROVEN;
import static io.taskbound.model.Invariant.RECORDS_FOLLOW;
import static io.taskbound.model.Invariant.TOLD_END;
import static io.taskbound.model.Invariant.TRUE_CAUSE;
import static io.taskbound.model.Invariant.TRUE_MISSING;

import java.util.Optional;

/** One condition, or one rule of order, of the real algorithms, which can be taken away. */
enum Clause {
    MINT_VERIFIES("the mint verifies the ID token", PROVEN),
    MINT_ASKS_POLICY("the mint asks the policy, also when it is asked again", PROVEN),
    MINT_IF_ABSENT("mint: attribute_not_exists(pk)", ONE_TOKEN),
    MINT_KNOWS_ITS_PUT("a mint whose put is repeated recognises its own mark w", OWN_ANSWER),
    MINT_READS_CONTROL("the mint reads what was closed of its run", GRANTED_ALIVE),
    MINT_PUTS_BEFORE_IT_READS("the mint reads what was closed after it has put its record", RECORDS_FOLLOW),
    MINT_READS_DENIALS("the mint reads the deny list", GRANTED_ALIVE),
    MINT_CLOSES_ITS_OWN("a mint that may not grant closes its record", RECORDS_FOLLOW),
    REPEAT_FOR_ONE_CLIENT("a lost answer is given again to the same txn and holder_challenge only", ONE_TOKEN),
    REPEAT_WHILE_ALIVE("a lost answer is given again while the record is alive only", GRANTED_ALIVE),
    REPEAT_BEFORE_USE("a lost answer is given again before the first use only", ONE_TOKEN),
    REPEAT_WHILE_YOUNG("a lost answer is given again within 30 s only", ONE_TOKEN),
    REPEAT_LEAVES_LEASE("a repeated mint whose signer does not answer leaves the lease alone", HELD_LEASE),
    UNSIGNED_UNENDED("mark unsigned: s = :active AND attribute_not_exists(cc)", ENDED_STAYS),
    SIGNED_ACTIVE("mark signed: s = :active", LIVE_RENEWAL),
    SIGNED_IN_TIME(
            "mark signed: x > :now",
            "the mint has compared the same instant with the refused put's record; the write does not rely on it"),
    SIGNED_IF_UNSIGNED("mark signed: attribute_exists(us)", HELD_LEASE),
    SIGNED_IS_LOOKED_AT("after mark signed the record is read again before the token is given out", GRANTED_ALIVE),

    LOOK_READS_CONTROL("every look reads what was closed of the run in the same request", CLOSED_IS_DEAD),
    LOOK_READS_DENIALS("every look reads the deny list's version in the same request", CLOSED_IS_DEAD),
    LOOK_READS_NEW_VERSION("when the deny list's version moved, its entries are read again", CLOSED_IS_DEAD),
    LOOK_COMPARES_STATE("a look compares the record's state", CLOSED_IS_DEAD),
    LOOK_COMPARES_EXPIRY("a look compares the expiry itself and does not leave it to the TTL", DEAD_IN_TIME),
    LOOK_COMPARES_LEASE("a look compares the lease's deadline", DEAD_IN_TIME),

    REDEEM_ACTIVE("redeem: s = :active", ENDED_STAYS),
    REDEEM_BEFORE_EXPIRY("redeem: x > :now", DEAD_IN_TIME),
    REDEEM_WITHIN_LEASE("redeem: ld > :now", DEAD_IN_TIME),
    REDEEM_NEW_USE("redeem: attribute_not_exists(u.#use)", COUNTED_USES),
    REDEEM_USE_LEFT("redeem: l[0] > :zero", COUNTED_USES),
    REDEEM_BOUNDED("redeem: attribute_exists(mu) OR size(u) < :most", BOUNDED_RECORD),
    REDEEM_KNOWS_ITS_WRITE("a use whose write is repeated recognises its own mark w", OWN_ANSWER),
    LAST_USE_ENDS(
            "the use that spends the token writes its end in the same update",
            "it saves the request that would write the end afterwards"),
    SPENT_AFTERWARDS("a use that finds the token spent and without an end writes the end", EVERY_END),
    SPENT_UNENDED("end of a spent token: attribute_not_exists(cc)", ONE_END),

    RENEW_ACTIVE("renew: s = :active", LIVE_RENEWAL),
    RENEW_BEFORE_EXPIRY("the look and the write of renew: x > :now", DEAD_IN_TIME),
    RENEW_WITHIN_LEASE("the look and the write of renew: ld > :now", DEAD_IN_TIME),
    RENEW_UNSPENT("renew: l[0] > :zero", LIVE_RENEWAL),
    RENEW_BY_HOLDER("the look and the write compare hc = :holder", LIVE_RENEWAL),

    CLOSE_ACTIVE("close: s = :active", ONE_END),
    CLOSE_KEEPS_FIRST_END("close of a spent token: ca, cb and cc by if_not_exists", ONE_END),
    CLOSE_KNOWS_ITS_WRITE("a close whose write is repeated recognises its own mark cn", TOLD_END),
    CLOSE_LEAVES_INDEX("close: REMOVE q, d", LEFT_INDEX),
    CLOSE_ALL_WRITES_CONTROL("closing a run or a job writes the control item", CLOSED_IS_DEAD),
    CLOSE_ALL_WRITES_CONTROL_FIRST("closing a run or a job writes the control item before it reads", RECORDS_FOLLOW),
    CLOSE_ALL_CLOSES_PROOFS("ci: closes proofs that the provider's clock dated later", CLOSED_IS_DEAD),
    CONTROL_MOVES_FORWARD("close all: #closing < :to", CLOSED_IS_DEAD),
    CLOSE_ALL_OF_ONE_JOB("closing a job closes the records of that job only", OWN_REASON),
    RUN_END_STAYS("en: an ended run mints nothing more, however new the proof", CLOSED_IS_DEAD),

    DENY_ENTRY_FIRST("deny: the entry is written before the version moves", CLOSED_IS_DEAD),
    LIFT_IN_FORCE("lift: du > :at", LISTED_DENIALS),
    LIFT_EXISTING("lift: attribute_exists(dk)", LISTED_DENIALS),

    SWEEP_WAITS("the sweeper leaves 30 s to clocks that differ", NOT_EARLY),
    SWEEP_READS_RECORD("the sweeper reads the record and does not believe the index", NOT_EARLY),
    SWEEP_READS_CONTROL("the sweeper reads what was closed of the run", TRUE_CAUSE),
    SWEEP_READS_USES("the sweeper takes a token without uses left for spent", TRUE_MISSING),
    SWEEP_UNENDED("end by the sweeper: s = :active AND attribute_not_exists(cc)", ONE_END),
    SWEEP_LEASE_AS_SEEN("end by the sweeper: ld as it was read", NOT_EARLY),
    SWEEP_LEAVES_INDEX("end by the sweeper: REMOVE q, d", LEFT_INDEX),
    SWEEP_AT_DEADLINE("an end by the clock has the time of the deadline", TRUE_CAUSE),
    SWEEP_KNOWS_ITS_WRITE("a sweeper whose write is repeated recognises its own mark cn", TOLD_END),
    SWEEP_WINNER_SPEAKS("only the sweeper whose write took place says so", ONE_LINE),
    REARM_AS_SEEN("re-arm: s = :active AND attribute_not_exists(cc) AND ld as it was read", ENDED_STAYS),
    REARM_UNSIGNED_BY_LEASE("re-arm: the entry of a token without a signature moves by one lease at most", EVERY_END);

    private final String words;
    private final Optional<Invariant> breaks;
    private final String spare;

    Clause(String words, Invariant breaks) {
        this.words = words;
        this.breaks = Optional.of(breaks);
        this.spare = "";
    }

    /** @param spare why it is there, though nothing breaks without it */
    Clause(String words, String spare) {
        this.words = words;
        this.breaks = Optional.empty();
        this.spare = spare;
    }

    String words() {
        return words;
    }

    /** What breaks without it; empty for a clause that nothing needs. */
    Optional<Invariant> breaks() {
        return breaks;
    }

    /** Why it is there all the same; empty for a clause that is needed. */
    String spare() {
        return spare;
    }
}
