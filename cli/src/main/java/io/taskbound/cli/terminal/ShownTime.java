// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.terminal;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times as people read them: in UTC, to the second. */
public final class ShownTime {
    private ShownTime() {}

    public static String of(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
