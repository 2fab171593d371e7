// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.step;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** A length of time as people type it: {@code 90s}, {@code 10m}, {@code 24h}, {@code 7d}. Always positive. */
public final class DurationText {
    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,5})([smhd])");

    private DurationText() {}

    /** Empty for anything else; how long it may be, and whether days make sense, is for the caller to say. */
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
