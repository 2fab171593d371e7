// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.hooks;

import io.taskbound.cli.terminal.Complaint;
import io.taskbound.task.HookName;
import java.util.List;
import java.util.Map;

/** Where the secrets of hooks are kept: sealed in an issuer's table, or in the data folder of {@code serve}. */
interface SecretsPlace extends AutoCloseable {
    /** As many as one hook may have at once. */
    int MOST_ACTIVE = 2;

    /** Every hook that ever had a secret here, with its active ones, the oldest first. */
    Map<HookName, List<KeptSecret>> all() throws Complaint;

    /**
     * Keeps one more secret of a hook.
     *
     * @return its id
     * @throws Complaint when it was not kept, for example because there are as many as there may be
     * @throws UnknownOutcome when it may have been kept
     */
    String add(HookName hook, String secret) throws Complaint, UnknownOutcome;

    /** Takes away the one with this id; it is one of {@link #all}. */
    void remove(HookName hook, String id) throws Complaint;

    @Override
    void close();

    static Complaint tooMany(HookName hook) {
        return Complaint.refused(
                "The hook " + hook + " has " + MOST_ACTIVE + " active secrets, and may not have more.",
                "Retire the one that the CI system no longer uses with `taskbound hooks retire " + hook + "`.");
    }

    static Complaint overtaken() {
        return Complaint.refused(
                "Someone else has changed this hook's secrets in the meantime, so nothing was done here.",
                "Look at `taskbound hooks list`, and try again if it is still needed.");
    }
}
