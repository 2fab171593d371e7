// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

/** Why a token was closed. */
public enum Cause {
    /** Its holder presented it for closing. */
    HOLDER,
    /** All tokens of the run were closed. */
    RUN,
    /** All tokens of the job were closed. */
    JOB,
    /** It was named by its handle, with an ID token of the same run. */
    HANDLE,
    /** An administrator closed it. */
    ADMINISTRATOR,
    /** The deny list names it. */
    DENIED,
    /** Its run or job was closed while it was being minted. */
    RUN_CLOSED;

    State state() {
        return this == ADMINISTRATOR || this == DENIED ? State.REVOKED : State.CLOSED;
    }
}
