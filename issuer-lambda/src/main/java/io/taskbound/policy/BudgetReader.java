// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.json.JsonBoolean;
import io.taskbound.json.JsonNumber;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Reads {@code max_live}, {@code max_live_per_run} and {@code once_per_run} of a task. */
final class BudgetReader {
    static final String MAX_LIVE = "max_live";
    static final String MAX_LIVE_PER_RUN = "max_live_per_run";
    static final String ONCE_PER_RUN = "once_per_run";

    private final Faults faults;

    BudgetReader(Faults faults) {
        this.faults = faults;
    }

    /** @param rules of the task: a limit per run needs callers whose runs are known */
    Budget read(Fields fields, List<TaskPermission> permissions, List<AllowedRule> rules) {
        for (var field : List.of(MAX_LIVE, MAX_LIVE_PER_RUN)) {
            fields.find(field).ifPresent(place -> checkServers(place, field, permissions));
        }
        for (var field : List.of(MAX_LIVE_PER_RUN, ONCE_PER_RUN)) {
            fields.find(field).ifPresent(place -> checkRuns(place, field, rules));
        }
        return new Budget(
                most(fields.find(MAX_LIVE)),
                most(fields.find(MAX_LIVE_PER_RUN)),
                fields.find(ONCE_PER_RUN).filter(this::isTrue).isPresent());
    }

    private OptionalInt most(Optional<Place> field) {
        if (field.isEmpty()) {
            return OptionalInt.empty();
        }
        var place = field.get();
        var number = place.value() instanceof JsonNumber json ? json.wholeNumber() : OptionalLong.empty();
        if (number.isEmpty() || number.getAsLong() < 1 || number.getAsLong() > Budget.MAX_LIVE) {
            faults.shape(
                    FaultCode.BAD_VALUE,
                    place,
                    "must be a number from 1 to " + Budget.MAX_LIVE,
                    "write a number in that range, or remove the field");
            return OptionalInt.of(1);
        }
        return OptionalInt.of((int) number.getAsLong());
    }

    private boolean isTrue(Place place) {
        if (place.value() instanceof JsonBoolean json) {
            return json.value();
        }
        faults.shape(
                FaultCode.WRONG_TYPE,
                place,
                "must be true or false, not " + DocumentReader.kind(place.value()),
                "write true, without quotes, or remove the field");
        return false;
    }

    private void checkServers(Place place, String field, List<TaskPermission> permissions) {
        permissions.stream()
                .map(TaskPermission::server)
                .filter(server -> server.checks() == Checks.OFFLINE)
                .findFirst()
                .ifPresent(server -> faults.error(
                        FaultCode.BUDGET,
                        place,
                        field + " cannot be enforced: " + server.name()
                                + " has checks: offline, and accepts a closed token beside the next one",
                        "remove " + field + ", or let " + server.name() + " introspect or redeem"));
    }

    private void checkRuns(Place place, String field, List<AllowedRule> rules) {
        rules.stream()
                .filter(entry -> !entry.rule().profile().knowsRuns())
                .findFirst()
                .ifPresent(entry -> faults.error(
                        FaultCode.BUDGET,
                        place,
                        field + " cannot be enforced: ID tokens of "
                                + entry.rule().provider()
                                + " do not name their run, so each would count as a run of its own",
                        "remove " + field + ", or let in only callers of providers whose runs are known"));
    }
}
