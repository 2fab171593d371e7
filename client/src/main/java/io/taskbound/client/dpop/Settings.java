// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.dpop;

import java.time.Clock;

/** What keys and their checks run on unless they are told otherwise. */
final class Settings {
    private Settings() {}

    static Clock clock() {
        return Clock.systemUTC();
    }
}
