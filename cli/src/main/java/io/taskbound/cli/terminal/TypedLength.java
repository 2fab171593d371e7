// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.terminal;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** A length of time as people type it: {@code 90s}, {@code 10m}, {@code 24h}, {@code 7d}. Never nothing, never less. */
public final class TypedLength {
    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,4})([smhd])");

    private TypedLength() {}

    /** Empty when it is none; how long it may be is the caller's to say. */
    public static Optional<Duration> parse(String text) {
        var match = FORM.matcher(text);
        return match.matches() ? Optional.of(of(Long.parseLong(match.group(1)), match.group(2))) : Optional.empty();
    }

    private static Duration of(long count, String unit) {
        return switch (unit) {
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }
}
