// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.step;

import java.time.Duration;

/** A length of time as people say it: {@code 45 s}, {@code 4 min}, {@code 3 h}; from two of a unit on, in that unit. */
final class AgeText {
    private AgeText() {}

    static String of(Duration age) {
        if (age.toDays() >= 2) {
            return age.toDays() + " d";
        }
        if (age.toHours() >= 2) {
            return age.toHours() + " h";
        }
        return age.toMinutes() >= 2 ? age.toMinutes() + " min" : age.toSeconds() + " s";
    }
}
