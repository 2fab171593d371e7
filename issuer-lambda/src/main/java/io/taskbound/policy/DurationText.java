// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import java.time.Duration;
import java.util.Optional;

/** Durations as people type them: {@code 90s}, {@code 10m}, {@code 1h}. */
final class DurationText {
    private static final int MAX_DIGITS = 6;

    private DurationText() {}

    /** One to six digits without a leading zero, then s, m or h; empty for anything else. */
    static Optional<Duration> parse(String text) {
        int digits = text.length() - 1;
        if (digits < 1 || digits > MAX_DIGITS || text.charAt(0) == '0' || !isDigits(text.substring(0, digits))) {
            return Optional.empty();
        }
        int amount = Integer.parseInt(text.substring(0, digits));
        return switch (text.charAt(digits)) {
            case 's' -> Optional.of(Duration.ofSeconds(amount));
            case 'm' -> Optional.of(Duration.ofMinutes(amount));
            case 'h' -> Optional.of(Duration.ofHours(amount));
            default -> Optional.empty();
        };
    }

    /** The same duration as a person would type it. */
    static String of(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds % 3600 == 0) {
            return seconds / 3600 + "h";
        }
        return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }

    private static boolean isDigits(String text) {
        return text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
