// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.keys;

import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.Printable;
import io.taskbound.client.step.DurationText;
import java.time.Duration;

/** For how long a key is published before it signs, as people type it: {@code 10m}, {@code 24h}, {@code 7d}. */
final class PublishFor {
    private static final Duration MAX = Duration.ofDays(90);

    private PublishFor() {}

    static Duration parse(String text) throws Complaint {
        return DurationText.parse(text)
                .filter(length -> length.compareTo(MAX) <= 0)
                .orElseThrow(() -> Complaint.usage(
                        "--publish-for is not a duration: " + Printable.typed(text) + ".",
                        "Write it like 30m, 24h or 7d; at most 90d."));
    }
}
