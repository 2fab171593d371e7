// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.question;

import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.Printable;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** The time for which is said whether windows are open: now, unless another is given. */
final class AskedTime {
    private AskedTime() {}

    /** @param given a time with its date and its offset */
    static Instant of(Optional<String> given, CommandContext context) throws Complaint {
        if (given.isEmpty()) {
            return context.clock().instant();
        }
        try {
            return OffsetDateTime.parse(given.get()).toInstant();
        } catch (DateTimeException noTime) {
            throw Complaint.usage(
                    "--at is not a time: " + Printable.typed(given.get()) + ".",
                    "Write it with its offset, like 2026-12-05T22:30:00Z or 2026-12-05T23:30:00+01:00.");
        }
    }
}
