// SPDX-License-Identifier: Apache-2.0
package io.taskbound.window;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A window that opens once.
 *
 * @param from open from this instant on
 * @param to closed from this instant on
 * @param change the id of the approved change that it is for
 */
public record AbsoluteWindow(Instant from, Instant to, Optional<String> change) implements Window {
    private static final Pattern CHANGE = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    public AbsoluteWindow {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("a window must end after its start");
        }
        if (change.filter(id -> !isChange(id)).isPresent()) {
            throw new IllegalArgumentException("not the id of a change");
        }
    }

    /** Whether the text can be the id of a change: 1 to 64 letters, digits and {@code . _ -}. */
    public static boolean isChange(String text) {
        return CHANGE.matcher(text).matches();
    }

    @Override
    public Optional<Span> openAt(Instant now) {
        return Optional.of(new Span(from, to)).filter(span -> span.contains(now));
    }

    @Override
    public Optional<Instant> opening(Instant earliest) {
        return Optional.of(from).filter(start -> !start.isBefore(earliest));
    }

    @Override
    public Duration length() {
        return Duration.between(from, to);
    }

    @Override
    public boolean isCoveredBy(Windows windows) {
        return windows.areOpen(from, to);
    }

    @Override
    public String toString() {
        return from + " to " + to + change.map(id -> " (" + id + ")").orElse("");
    }
}
