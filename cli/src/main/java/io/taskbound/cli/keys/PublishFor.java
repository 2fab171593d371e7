// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.keys;

import io.taskbound.cli.terminal.Complaint;
import java.time.Duration;
import java.util.regex.Pattern;

/** For how long a key is published before it signs, as people type it: {@code 10m}, {@code 24h}, {@code 7d}. */
final class PublishFor {
    private static final Pattern FORM = Pattern.compile("(0|[1-9][0-9]{0,4})([mhd])");
    private static final Duration LONGEST = Duration.ofDays(90);

    private PublishFor() {}

    static Duration parse(String text) throws Complaint {
        var match = FORM.matcher(text);
        if (match.matches()) {
            var length = of(Long.parseLong(match.group(1)), match.group(2));
            if (length.compareTo(LONGEST) <= 0) {
                return length;
            }
        }
        throw Complaint.usage("--publish-for is not a duration.", "Write it like 30m, 24h or 7d; at most 90d.");
    }

    private static Duration of(long count, String unit) {
        return switch (unit) {
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }
}
