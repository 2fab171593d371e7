// SPDX-License-Identifier: Apache-2.0
package io.taskbound.soak;

import java.util.Set;

/** What a client itself knows of its token, from the answers that it got. */
record Holder(String jti, Fate fate) {
    /** How the client's part ended. */
    enum Fate {
        CLOSED(Set.of("HOLDER")),
        CLOSED_WITH_RUN(Set.of("RUN")),
        /** Spent, and closed afterwards. */
        SPENT(Set.of("SPENT")),
        /** Killed: it neither used nor closed its token. */
        KILLED(Set.of("LAPSED")),
        /** Killed after its only use, before it closed. */
        KILLED_AFTER_USE(Set.of("SPENT"));

        private final Set<String> causes;

        Fate(Set<String> causes) {
            this.causes = causes;
        }

        /** What the ledger may say of the end. */
        Set<String> causes() {
            return causes;
        }

        boolean missesItsClose() {
            return this == KILLED;
        }
    }
}
