// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench.peers;

import java.util.Locale;

/** The candidates, in the order in which they are measured. */
enum Row {
    ON_DEMAND("function, sealed key"),
    ON_DEMAND_C1("function, sealed key, C1 alone"),
    ON_DEMAND_KMS("function, KMS signs"),
    SNAPSHOT("function after a snapshot, sealed key"),
    SERVE("serve --table"),
    BAO_RAFT("OpenBao, raft"),
    BAO_MEMORY("OpenBao, in memory"),
    KEYCLOAK("Keycloak");

    private final String title;

    Row(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** As an option names it. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
