// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.run;

import io.taskbound.cli.terminal.Faults;
import io.taskbound.client.step.DurationText;
import java.time.Duration;
import java.util.Optional;

/** Durations as people type them: {@code 90s}, {@code 10m}, {@code 1h}; at least a second, at most a day. */
final class TypedDuration {
    private static final Duration MAX = Duration.ofDays(1);

    private TypedDuration() {}

    static Optional<Duration> parse(String text) {
        return DurationText.parse(text).filter(length -> length.compareTo(MAX) <= 0);
    }

    /** Empty when nothing was typed, and also, with a fault, when it is no duration. */
    static Optional<Duration> parse(String option, Optional<String> typed, Faults faults) {
        var parsed = typed.flatMap(TypedDuration::parse);
        faults.addUnless(
                typed.isEmpty() || parsed.isPresent(),
                option + " is not a duration: write it like 90s, 10m or 1h (at most 24h).");
        return parsed;
    }
}
