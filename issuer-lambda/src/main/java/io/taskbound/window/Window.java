// SPDX-License-Identifier: Apache-2.0
package io.taskbound.window;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** One entry of a task's {@code windows}. */
public sealed interface Window permits WeeklyWindow, AbsoluteWindow {
    /** The stretch that is open at {@code now}; of several, the one that ends last. */
    Optional<Span> openAt(Instant now);

    /** When it opens for the first time at or after {@code from}. */
    Optional<Instant> opening(Instant from);

    /** How long it is open at a time; on a day on which clocks are changed it may be another. */
    Duration length();

    /** Whether these are certainly open whenever it is; false in doubt. */
    boolean isCoveredBy(Windows windows);

    /** The approved change that it is for. */
    default Optional<String> change() {
        return Optional.empty();
    }
}
