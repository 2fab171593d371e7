// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import java.time.Duration;

/** Waits between two tries; tests bring one that only takes notes. */
@FunctionalInterface
interface Sleeper {
    void sleep(Duration pause) throws InterruptedException;
}
