// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.step;

import java.time.Clock;

/** What a refusal's text runs on unless it is told otherwise. */
final class Settings {
    private Settings() {}

    static Clock clock() {
        return Clock.systemUTC();
    }
}
