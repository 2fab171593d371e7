// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.json.JsonBoolean;
import java.util.List;

/** Reads {@code enforce} of a task: whether its windows, its approval and its budget are enforced or only watched. */
final class EnforceReader {
    static final String ENFORCE = "enforce";

    private static final List<String> WATCHED = List.of(
            WindowsReader.WINDOWS,
            ApprovalReader.FIELD,
            BudgetReader.MAX_LIVE,
            BudgetReader.MAX_LIVE_PER_RUN,
            BudgetReader.ONCE_PER_RUN);

    private final Faults faults;

    EnforceReader(Faults faults) {
        this.faults = faults;
    }

    boolean read(Fields task) {
        boolean enforced = task.find(ENFORCE).map(this::isTrue).orElse(true);
        if (!enforced) {
            warn(task);
        }
        return enforced;
    }

    private boolean isTrue(Place place) {
        if (place.value() instanceof JsonBoolean json) {
            return json.value();
        }
        faults.shape(
                FaultCode.WRONG_TYPE,
                place,
                "must be true or false, not " + DocumentReader.kind(place.value()),
                "write false, without quotes, or remove the field");
        return true;
    }

    private void warn(Fields task) {
        var place = task.find(ENFORCE).orElseThrow();
        if (WATCHED.stream().anyMatch(task::has)) {
            faults.warning(
                    FaultCode.NOT_ENFORCED,
                    place,
                    "the windows, the approval and the budget of this task are only watched: what they would refuse is"
                            + " granted, and logged",
                    "remove the line to enforce them, or accept the warning while you watch");
        } else {
            faults.warning(
                    FaultCode.NOTHING_TO_WATCH,
                    place,
                    "this task has no windows, no approval and no budget that could be watched; rules, targets and"
                            + " limits of each token always count",
                    "remove the line");
        }
    }
}
