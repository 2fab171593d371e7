// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import io.taskbound.client.step.DurationText;
import java.time.Duration;

/** Lifetime and lease of a step: {@code 90s}, {@code 10m}, {@code 1h}. */
final class StepDuration {
    private StepDuration() {}

    /** Refuses anything else with an {@link IllegalArgumentException} whose message is for people. */
    static Duration read(String name, String text) {
        return DurationText.parse(text)
                .filter(ignored -> !text.endsWith("d"))
                .orElseThrow(() -> new IllegalArgumentException(
                        name + " must be a number followed by s, m or h, such as 90s or 10m"));
    }
}
