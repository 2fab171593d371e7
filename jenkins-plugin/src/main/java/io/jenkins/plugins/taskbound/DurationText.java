// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people type them: {@code 90s}, {@code 10m}, {@code 1h}. */
final class DurationText {
    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,5})([smh])");

    private DurationText() {}

    /** Refuses anything else with an {@link IllegalArgumentException} whose message is for people. */
    static Duration read(String name, String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(name + " must be a number followed by s, m or h, such as 90s or 10m");
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
    }
}
