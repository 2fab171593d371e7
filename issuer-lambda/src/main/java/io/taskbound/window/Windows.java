// SPDX-License-Identifier: Apache-2.0
package io.taskbound.window;

import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The change windows of one task. Where two of them touch or overlap they are one. */
public final class Windows {
    /** Of a task that may be done at any time. */
    public static final Windows NONE = new Windows(List.of());

    /** Of one task. */
    public static final int MOST = 20;

    /** The end of windows that follow each other without a break is not looked for any further than this. */
    static final Duration FARTHEST_END = Duration.ofDays(8);

    /** A mint must not take long because of that. */
    private static final int MOST_FOLLOWED = 32;

    /** Nor is the next opening. */
    static final Duration FARTHEST_OPENING = Duration.ofDays(731);

    private static final int MOST_STRETCHES = 1000;

    private final List<Window> windows;
    private final boolean always;

    private Windows(List<Window> windows) {
        this.windows = List.copyOf(windows);
        this.always = weekly().anyMatch(window -> WeeklyWindow.isWholeWeek(minutes(window)));
    }

    public static Windows of(List<Window> windows) {
        return windows.isEmpty() ? NONE : new Windows(windows);
    }

    /** In the order of the policy. */
    public List<Window> list() {
        return windows;
    }

    /** Whether the task may be done at any time. */
    public boolean isEmpty() {
        return windows.isEmpty();
    }

    /** Whether the task may be done at {@code now}. */
    public boolean areOpen(Instant now) {
        return isEmpty()
                || windows.stream().anyMatch(window -> window.openAt(now).isPresent());
    }

    /**
     * When the window that is open at {@code now} ends; empty while none is open. At its end it is closed. Where
     * windows follow each other without a break for more than eight days, or more than 32 of them do, it is a time that
     * far away.
     */
    public Optional<Instant> openUntil(Instant now) {
        var farthest = now.plus(FARTHEST_END);
        if (always) {
            return Optional.of(farthest);
        }
        var end = stretchEnd(now);
        for (int i = 0; i < MOST_FOLLOWED && end.isPresent() && end.get().isBefore(farthest); i++) {
            var further = stretchEnd(end.get());
            if (further.isEmpty()) {
                break;
            }
            end = further;
        }
        return end;
    }

    /** The window that is open at {@code now}, as far as {@link #openUntil} knows; empty while none is. */
    public Optional<OpenWindow> openAt(Instant now) {
        return openUntil(now).map(end -> new OpenWindow(end, change(now)));
    }

    /** The last end of those that are open at {@code now}, where another may open at once. */
    private Optional<Instant> stretchEnd(Instant now) {
        Optional<Instant> last = Optional.empty();
        for (var window : windows) {
            var span = window.openAt(now);
            if (span.isPresent() && last.filter(span.get().end()::isBefore).isEmpty()) {
                last = span.map(Span::end);
            }
        }
        return last;
    }

    /**
     * When the next window opens, after {@code now} and after the one that is open then; empty where none will, or none
     * within two years.
     */
    public Optional<Instant> nextOpening(Instant now) {
        if (always) {
            return Optional.empty();
        }
        var at = now;
        for (var end = stretchEnd(at); end.isPresent(); end = stretchEnd(at)) {
            at = end.get();
            if (at.isAfter(now.plus(FARTHEST_OPENING))) {
                return Optional.empty();
            }
        }
        var closedFrom = at;
        return windows.stream()
                .flatMap(window -> window.opening(closedFrom).stream())
                .min(Instant::compareTo)
                .filter(opening -> !opening.isAfter(now.plus(FARTHEST_OPENING)));
    }

    /** The approved change that a window is for that is open at {@code now}; of several, the first in the policy. */
    public Optional<String> change(Instant now) {
        return windows.stream()
                .filter(window -> window.change().isPresent())
                .filter(window -> window.openAt(now).isPresent())
                .findFirst()
                .flatMap(Window::change);
    }

    /**
     * Whether these are certainly open whenever the others are. False in doubt: a time of the one zone is not compared
     * with that of another.
     */
    public boolean cover(Windows others) {
        if (isEmpty() || neverClose()) {
            return true;
        }
        return !others.isEmpty() && others.windows.stream().allMatch(window -> window.isCoveredBy(this));
    }

    /** Whether one of them is always open, by the clock of some place. */
    public boolean neverClose() {
        return always;
    }

    /** The minutes of a week that this window's clock shows while it or another with the same clock is open. */
    BitSet minutes(WeeklyWindow clock) {
        var minutes = new BitSet();
        weekly().filter(clock::hasClockOf).forEach(window -> window.addTo(minutes));
        return minutes;
    }

    /** Whether they are open for all of this time; false in doubt, where that takes too many steps to tell. */
    boolean areOpen(Instant from, Instant to) {
        var at = Optional.of(from);
        for (int step = 0; step < MOST_STRETCHES && at.isPresent(); step++) {
            if (!at.get().isBefore(to)) {
                return true;
            }
            at = stretchEnd(at.get());
        }
        return false;
    }

    private Stream<WeeklyWindow> weekly() {
        return windows.stream().filter(WeeklyWindow.class::isInstance).map(WeeklyWindow.class::cast);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Windows same && windows.equals(same.windows);
    }

    @Override
    public int hashCode() {
        return windows.hashCode();
    }

    /** For people: {@code mon,tue 09:00-16:00 Europe/Berlin; …}. */
    @Override
    public String toString() {
        return windows.isEmpty()
                ? "any time"
                : windows.stream().map(Window::toString).collect(Collectors.joining("; "));
    }
}
