// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import java.util.Arrays;

/** What the ledger stores about a token's end. Spent, lapsed and expired are never stored: see {@link Liveness}. */
public enum State {
    ACTIVE("A"),
    /** Closed by its holder or by the end of its job or run. */
    CLOSED("C"),
    /** Closed by an administrator or by the deny list. */
    REVOKED("R");

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
