// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.hooks;

import io.taskbound.cli.terminal.Complaint;
import io.taskbound.task.HookName;

/** A secret was sent to the table, and no answer came: it may be active or not. */
final class UnknownOutcome extends Exception {
    private static final long serialVersionUID = 1L;
    private final String id;

    /** @param id of the secret */
    UnknownOutcome(String id, Exception why) {
        super(why.getMessage(), why);
        this.id = id;
    }

    /** @param otherwise what to do if it is active, and if it is not */
    Complaint complaint(HookName hook, String otherwise) {
        return Complaint.refused(
                "Whether the secret " + id + " of the hook " + hook + " is active is not known: " + getMessage() + ".",
                "See whether `taskbound hooks list` names it. " + otherwise);
    }
}
