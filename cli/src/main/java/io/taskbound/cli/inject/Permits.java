// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.inject;

import io.taskbound.cli.rules.MappedUse;
import io.taskbound.cli.rules.RequestTarget;
import io.taskbound.cli.rules.RuleSet;
import io.taskbound.client.TaskDetail;
import java.util.List;
import java.util.Optional;

/** Which requests the granted task is about: those that the rules map to it, or all where there are no rules. */
final class Permits {
    private final Optional<RuleSet> rules;
    private final List<TaskDetail> granted;

    Permits(Optional<RuleSet> rules, List<TaskDetail> granted) {
        this.rules = rules;
        this.granted = List.copyOf(granted);
    }

    Permit judge(RequestTarget request) {
        if (rules.isEmpty()) {
            return new Permit.Pass(true);
        }
        return rules.get()
                .map(request)
                .match(
                        this::granted,
                        open -> new Permit.Pass(false),
                        why -> new Permit.Stop(new TurnedAway(
                                403, "nothing was sent: " + why.sentence() + ". The file is that of --inject-rules.")));
    }

    private Permit granted(MappedUse use) {
        return granted.stream().anyMatch(detail -> detail.permits(use.action(), use.identifier()))
                ? new Permit.Pass(true)
                : new Permit.Stop(new TurnedAway(
                        403,
                        "nothing was sent: by the rule " + use.rule() + " this is " + use.action() + " "
                                + use.identifier() + ", which the step's token does not allow."));
    }
}
