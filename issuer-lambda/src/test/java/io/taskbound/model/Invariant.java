// SPDX-License-Identifier: Apache-2.0
package io.taskbound.model;

/** What must hold in every state. */
enum Invariant {
    PROVEN("no token without a verified proof and a policy that allows it"),
    ONE_TOKEN("one proof gives at most one live token, and the token to one client"),
    OWN_ANSWER("nobody is taken for a replay or a repeat because of its own write"),
    GRANTED_ALIVE("who is given a token is given a live one"),
    CLOSED_IS_DEAD("after an acknowledged close or denial no request that begins later finds the token alive"),
    DEAD_IN_TIME("nothing is granted, used or renewed at or after the expiry or the lease's deadline"),
    COUNTED_USES("n uses allow n uses, and one use is counted once"),
    BOUNDED_RECORD("a record remembers a bounded number of uses"),
    LIVE_RENEWAL("only a token that has not ended is renewed, and only by its holder"),
    HELD_LEASE("no repeated mint moves the lease of a token that somebody holds"),
    RECORDS_FOLLOW("when a closing had time for all records, and nobody died, each record says that it ended"),
    ENDED_STAYS("what a record says of its life does not change after its end"),
    ONE_END("the end of a token is written at most once"),
    ONE_LINE("the line of an end, and that of a missing close, are said at most once"),
    TOLD_END("an end whose writer lived on is told"),
    TRUE_CAUSE("an end's cause and time are what happened"),
    TRUE_MISSING("a missing close is said only of a lease that nobody closed and nobody spent"),
    NOT_EARLY("the clock ends no token before its deadline"),
    EVERY_END("every record either has an end or will be found by the sweeper when its deadline has passed"),
    LEFT_INDEX("a token that has ended leaves the sweeper's index"),
    OWN_REASON("closing one job does not end the tokens of another"),
    LISTED_DENIALS("the deny list stays readable, and keeps who lifted an entry first");

    private final String words;

    Invariant(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }
}
