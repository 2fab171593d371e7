// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import java.util.Arrays;

/** Why a token ended. */
public enum Cause {
    /** Its holder presented it for closing. */
    HOLDER("holder", "HOLDER"),
    /** All tokens of the run were closed. */
    RUN("run", "RUN"),
    /** All tokens of the job were closed. */
    JOB("job", "JOB"),
    /** It was named by its handle, with an ID token of the same run. */
    HANDLE("handle", "HANDLE"),
    /** An administrator closed it. */
    ADMINISTRATOR("administrator", "ADMINISTRATOR"),
    /** The deny list names it. */
    DENIED("denied", "DENIED"),
    /** Its task's budget, or its approval, went to another token while it was being minted. */
    BUDGET("budget", "BUDGET"),
    /** Its run or job was closed while it was being minted. */
    RUN_CLOSED("run_closed", "RUN_CLOSED"),
    /** The provider said that its run or job has ended. */
    HOOK("hook", "HOOK"),
    /** Its change window ended: when its policy said so, or earlier under a new one. */
    WINDOW("window", "WINDOW"),
    /** Its last use was counted. */
    SPENT("spent", "SPENT"),
    /** Its lease ran out before its expiry. */
    LAPSED("lapsed", "LAPSED"),
    /** Its expiry passed. */
    EXPIRED("expired", "EXPIRED");

    private final String wire;
    private final String stored;

    Cause(String wire, String stored) {
        this.wire = wire;
        this.stored = stored;
    }

    /** As CloudWatch and the administrator's commands name it. */
    public String wire() {
        return wire;
    }

    /** As the table holds it. */
    String stored() {
        return stored;
    }

    /** @throws IllegalArgumentException when we store no such text */
    static Cause read(String stored) {
        return Arrays.stream(values())
                .filter(cause -> cause.stored.equals(stored))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("not a cause that we store"));
    }

    /** Whether nobody ended it: time did. */
    boolean isTheClock() {
        return this == LAPSED || this == EXPIRED;
    }

    /** What the record's state becomes. A spent token stays active, so that its last use can be repeated. */
    State state() {
        return switch (this) {
            case ADMINISTRATOR, DENIED -> State.REVOKED;
            case SPENT -> State.ACTIVE;
            case LAPSED -> State.LAPSED;
            case EXPIRED -> State.EXPIRED;
            default -> State.CLOSED;
        };
    }
}
