// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.review;

import io.taskbound.cli.terminal.Complaint;
import java.time.Duration;
import java.util.regex.Pattern;

/** How far back to look, as people type it: {@code 90m}, {@code 24h}, {@code 7d}; at most as long as audit lines are kept. */
final class Since {
    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,4})([mhd])");
    private static final Duration KEPT = Duration.ofDays(400);

    private Since() {}

    static Duration parse(String text) throws Complaint {
        var match = FORM.matcher(text);
        if (match.matches()) {
            var length = of(Long.parseLong(match.group(1)), match.group(2));
            if (length.compareTo(KEPT) <= 0) {
                return length;
            }
        }
        throw Complaint.usage(
                "--since is not a duration.", "Write it like 90m, 24h or 7d; audit lines are kept for 400d.");
    }

    private static Duration of(long count, String unit) {
        return switch (unit) {
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }
}
