// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import java.util.Arrays;

/** What is known of a credential of a foreign service. */
public enum CredentialPhase {
    /** The service is being asked; there is no answer yet. */
    ASKED("Q", false),
    /** The service was asked, and whoever asked has written down no answer: a credential may exist that nobody has. */
    LOST("L", false),
    /** Handed out. */
    DELIVERED("D", false),
    /** The service made none. */
    NOT_MADE("N", true),
    /** The service said that it is gone. */
    REVOKED("R", true),
    /** It died by itself, at the time that was known from the start. */
    EXPIRED("X", true);

    private final String stored;
    private final boolean over;

    CredentialPhase(String stored, boolean over) {
        this.stored = stored;
        this.over = over;
    }

    String stored() {
        return stored;
    }

    /** Whether nothing is left to be done. */
    public boolean isOver() {
        return over;
    }

    static CredentialPhase read(String stored) {
        return Arrays.stream(values())
                .filter(phase -> phase.stored.equals(stored))
                .findFirst()
                .orElseThrow(() -> LedgerUnavailable.unreadable("of a credential"));
    }
}
