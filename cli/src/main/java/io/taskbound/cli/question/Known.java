// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.question;

import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.Printable;
import io.taskbound.policy.Spelling;
import java.util.List;

/** Names that somebody types and the policy must have. */
final class Known {
    private static final int MOST_NAMED = 20;

    private Known() {}

    /** @param kind what it is the name of */
    static String name(String kind, String typed, List<String> known) throws Complaint {
        if (known.contains(typed)) {
            return typed;
        }
        throw Complaint.usage(
                "The policy has no " + kind + " " + Printable.typed(typed) + ".",
                Spelling.nearest(typed, known)
                        .map(meant -> "Did you mean " + meant + "?")
                        .orElse(
                                known.size() > MOST_NAMED
                                        ? "It has " + known.size() + " others."
                                        : "It has: " + String.join(", ", known) + "."));
    }
}
