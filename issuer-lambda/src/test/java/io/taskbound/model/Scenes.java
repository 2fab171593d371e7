// SPDX-License-Identifier: Apache-2.0
package io.taskbound.model;

import static io.taskbound.model.Starts.held;
import static io.taskbound.model.Starts.unminted;
import static io.taskbound.model.Verb.CLOSE;
import static io.taskbound.model.Verb.CLOSE_JOB;
import static io.taskbound.model.Verb.CLOSE_OTHER_JOB;
import static io.taskbound.model.Verb.CLOSE_RUN;
import static io.taskbound.model.Verb.DENY;
import static io.taskbound.model.Verb.END_RUN;
import static io.taskbound.model.Verb.LIFT;
import static io.taskbound.model.Verb.LOOK;
import static io.taskbound.model.Verb.MINT;
import static io.taskbound.model.Verb.MINT_BY_COPY;
import static io.taskbound.model.Verb.MINT_UNPROVEN;
import static io.taskbound.model.Verb.MINT_UNSIGNED;
import static io.taskbound.model.Verb.MINT_WITHOUT_CHALLENGE;
import static io.taskbound.model.Verb.REDEEM;
import static io.taskbound.model.Verb.REDEEM_SHARED;
import static io.taskbound.model.Verb.RENEW;
import static io.taskbound.model.Verb.RENEW_BY_COPY;
import static io.taskbound.model.Verb.SWEEP;
import static io.taskbound.model.Verb.WITHDRAW;

import io.taskbound.model.Starts.Kind;
import java.util.List;

/** For each clause a few actors among whom it matters. Without any flaw, nothing goes wrong among them either. */
final class Scenes {
    private Scenes() {}

    static List<World> of(Clause clause) {
        return switch (clause) {
            case MINT_VERIFIES -> fresh(MINT_UNPROVEN, MINT);
            case MINT_ASKS_POLICY -> fresh(WITHDRAW, MINT);
            case MINT_IF_ABSENT, REPEAT_FOR_ONE_CLIENT -> fresh(MINT, MINT_BY_COPY);
            case MINT_KNOWS_ITS_PUT -> fresh(MINT_WITHOUT_CHALLENGE, LOOK);
            case MINT_READS_CONTROL, MINT_PUTS_BEFORE_IT_READS, MINT_CLOSES_ITS_OWN -> fresh(MINT, CLOSE_RUN);
            case MINT_READS_DENIALS -> fresh(MINT, DENY);
            case REPEAT_WHILE_ALIVE -> minted(MINT, CLOSE);
            case REPEAT_BEFORE_USE -> minted(Kind.LEASED_TWO_USES, MINT, REDEEM);
            case REPEAT_WHILE_YOUNG -> minted(Kind.ONE_USE, MINT, LOOK);
            case REPEAT_LEAVES_LEASE -> minted(MINT, MINT_UNSIGNED);
            case UNSIGNED_UNENDED -> fresh(MINT_UNSIGNED, CLOSE_JOB);
            case SIGNED_ACTIVE -> fresh(MINT_UNSIGNED, MINT, CLOSE_RUN);
            case SIGNED_IN_TIME -> fresh(MINT_UNSIGNED, MINT);
            case SIGNED_IF_UNSIGNED -> fresh(MINT_UNSIGNED, MINT, MINT);
            case SIGNED_IS_LOOKED_AT -> fresh(MINT_UNSIGNED, MINT, CLOSE_JOB);
            case LOOK_READS_CONTROL -> minted(CLOSE_RUN, LOOK);
            case LOOK_READS_DENIALS, LOOK_READS_NEW_VERSION -> minted(DENY, LOOK);
            case LOOK_COMPARES_STATE -> minted(CLOSE, LOOK);
            case LOOK_COMPARES_EXPIRY -> minted(Kind.ONE_USE, LOOK, LOOK);
            case LOOK_COMPARES_LEASE -> minted(LOOK, LOOK);
            default -> ofOthers(clause);
        };
    }

    private static List<World> ofOthers(Clause clause) {
        return switch (clause) {
            case REDEEM_ACTIVE -> minted(REDEEM, CLOSE);
            case REDEEM_BEFORE_EXPIRY -> minted(Kind.ONE_USE, REDEEM, LOOK);
            case REDEEM_WITHIN_LEASE -> minted(REDEEM, LOOK);
            case REDEEM_NEW_USE -> minted(Kind.LEASED_TWO_USES, REDEEM_SHARED, REDEEM_SHARED);
            case REDEEM_USE_LEFT, LAST_USE_ENDS -> minted(REDEEM, REDEEM);
            case REDEEM_BOUNDED -> minted(Kind.LEASED_UNLIMITED, REDEEM, REDEEM);
            case REDEEM_KNOWS_ITS_WRITE -> minted(REDEEM, LOOK);
            case SPENT_AFTERWARDS, SPENT_UNENDED, SWEEP_READS_USES ->
                minted(Kind.LEASED_TWO_USES, REDEEM, REDEEM, SWEEP);
            case RENEW_ACTIVE -> minted(RENEW, CLOSE);
            case RENEW_WITHIN_LEASE -> minted(RENEW, LOOK);
            case RENEW_BEFORE_EXPIRY -> minted(RENEW, RENEW, RENEW);
            case RENEW_UNSPENT -> minted(RENEW, REDEEM);
            case RENEW_BY_HOLDER -> minted(RENEW_BY_COPY, LOOK);
            case CLOSE_ACTIVE -> minted(CLOSE, CLOSE);
            case CLOSE_KEEPS_FIRST_END -> minted(REDEEM, CLOSE);
            case CLOSE_KNOWS_ITS_WRITE, CLOSE_LEAVES_INDEX -> minted(CLOSE, LOOK);
            case CLOSE_ALL_WRITES_CONTROL, CLOSE_ALL_WRITES_CONTROL_FIRST -> fresh(MINT, CLOSE_RUN);
            case CLOSE_ALL_CLOSES_PROOFS -> clocksOff(CLOSE_RUN, LOOK);
            case CONTROL_MOVES_FORWARD -> clocksOff(CLOSE_RUN, CLOSE_RUN);
            case CLOSE_ALL_OF_ONE_JOB -> minted(CLOSE_OTHER_JOB, LOOK);
            case RUN_END_STAYS -> clocksOff(END_RUN, LOOK);
            case DENY_ENTRY_FIRST -> minted(DENY, LOOK, LOOK);
            case LIFT_IN_FORCE -> minted(DENY, LIFT, LIFT);
            case LIFT_EXISTING -> minted(LIFT, LOOK);
            case SWEEP_WAITS -> clocksOff(SWEEP, LOOK);
            case SWEEP_READS_RECORD, SWEEP_LEASE_AS_SEEN -> clocksOff(SWEEP, RENEW);
            case SWEEP_READS_CONTROL -> minted(CLOSE_RUN, SWEEP);
            case SWEEP_UNENDED, SWEEP_WINNER_SPEAKS -> minted(SWEEP, SWEEP);
            case SWEEP_LEAVES_INDEX, SWEEP_AT_DEADLINE, SWEEP_KNOWS_ITS_WRITE -> minted(SWEEP, LOOK);
            case REARM_AS_SEEN -> minted(RENEW, CLOSE, SWEEP);
            case REARM_UNSIGNED_BY_LEASE -> of(Kind.LEASED_LONG, MINT_UNSIGNED, MINT, SWEEP);
            default -> throw new IllegalArgumentException(clause + " has no scene");
        };
    }

    private static List<World> fresh(Verb... verbs) {
        return of(Kind.LEASED_ONE_USE, verbs);
    }

    private static List<World> of(Kind kind, Verb... verbs) {
        return List.of(unminted(kind, List.of(verbs)));
    }

    private static List<World> minted(Verb... verbs) {
        return minted(Kind.LEASED_ONE_USE, verbs);
    }

    private static List<World> minted(Kind kind, Verb... verbs) {
        return List.of(held(unminted(kind, List.of(verbs))));
    }

    /** With the clock of each in turn ahead and behind. */
    private static List<World> clocksOff(Verb... verbs) {
        return Starts.clocksOff(minted(verbs));
    }
}
