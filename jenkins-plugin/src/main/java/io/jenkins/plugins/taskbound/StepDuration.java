// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import io.taskbound.client.step.DurationText;
import java.time.Duration;

/** The durations of a step: {@code 90s}, {@code 10m}, {@code 1h}. */
final class StepDuration {
    private StepDuration() {}

    /** Refuses anything else with an {@link IllegalArgumentException} whose message is for people. */
    static Duration read(String name, String text) {
        return DurationText.parse(text)
                .filter(ignored -> !text.endsWith("d"))
                .orElseThrow(() -> new IllegalArgumentException(
                        name + " must be a number followed by s, m or h, such as 90s or 10m"));
    }

    /** How long to wait, with {@code 0} for not at all. Refuses anything else like {@link #read}. */
    static Duration readWait(String name, String text) {
        if (text.equals("0")) {
            return Duration.ZERO;
        }
        try {
            return read(name, text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage() + ", or 0 to not wait", e);
        }
    }
}
