// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.function.DoubleSupplier;

/** What a client runs on unless its builder is told otherwise: the machine's clock, real pauses, real randomness. */
final class Settings {
    private Settings() {}

    static Clock clock() {
        return Clock.systemUTC();
    }

    static Sleeper sleeper() {
        return pause -> Thread.sleep(pause.toMillis());
    }

    /** Not for secrecy, but pauses that nobody can foretell do no harm. */
    static DoubleSupplier jitter() {
        var random = new SecureRandom();
        return random::nextDouble;
    }
}
