// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import java.util.Arrays;

/**
 * What the ledger stores about a token's end. Spent is never stored as a state, and lapsed and expired only once the
 * sweeper came by: whether a token is alive, {@link Liveness} says.
 */
public enum State {
    ACTIVE("A"),
    /** Closed by its holder or by the end of its job or run. */
    CLOSED("C"),
    /** Closed by an administrator or by the deny list. */
    REVOKED("R"),
    /** Its lease ran out before its expiry, and the sweeper wrote it down. */
    LAPSED("L"),
    /** Its expiry passed, and the sweeper wrote it down. */
    EXPIRED("X");

    private final String stored;

    State(String stored) {
        this.stored = stored;
    }

    /** As the table holds it. */
    String stored() {
        return stored;
    }

    /** @throws LedgerUnavailable when we store no such text */
    static State read(String stored) {
        return Arrays.stream(values())
                .filter(state -> state.stored.equals(stored))
                .findFirst()
                .orElseThrow(() -> LedgerUnavailable.unreadable(Attributes.STATE));
    }
}
