// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.review;

import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.Printable;
import io.taskbound.client.step.DurationText;
import java.time.Duration;

/**
 * How far back to look, as people type it: {@code 90m}, {@code 24h}, {@code 7d}; at most as long as audit lines are
 * kept.
 */
final class Since {
    private static final Duration KEPT = Duration.ofDays(400);

    private Since() {}

    static Duration parse(String text) throws Complaint {
        return DurationText.parse(text)
                .filter(length -> length.compareTo(KEPT) <= 0)
                .orElseThrow(() -> Complaint.usage(
                        "--since is not a duration: " + Printable.typed(text) + ".",
                        "Write it like 90m, 24h or 7d; audit lines are kept for 400d."));
    }
}
