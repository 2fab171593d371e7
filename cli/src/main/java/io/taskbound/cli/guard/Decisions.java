// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.guard;

import java.time.Duration;

/** Hears of every decision. */
interface Decisions {
    /** @param took from the gateway's question to the decision */
    void add(Decision decision, Duration took);
}
