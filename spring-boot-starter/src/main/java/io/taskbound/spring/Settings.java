// SPDX-License-Identifier: Apache-2.0
package io.taskbound.spring;

import java.time.Clock;

/** The clock of the machine. */
final class Settings {
    private Settings() {}

    static Clock clock() {
        return Clock.systemUTC();
    }
}
