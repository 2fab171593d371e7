// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.hooks;

import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.Printable;
import io.taskbound.task.HookName;

/** Reads a hook's name as it was typed. */
final class HookNames {
    private HookNames() {}

    static HookName of(String typed) throws Complaint {
        if (!HookName.isValid(typed)) {
            throw Complaint.usage(
                    Printable.typed(typed) + " is not the name of a hook.",
                    "Use 1 to 32 characters from a-z, 0-9 and -, as under hooks in the policy.");
        }
        return new HookName(typed);
    }
}
