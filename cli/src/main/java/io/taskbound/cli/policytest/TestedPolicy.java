// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.policytest;

import io.taskbound.cli.policy.Places;
import io.taskbound.cli.policy.Pointer;
import io.taskbound.cli.policy.Position;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * @param places where the policy's parts stand
 * @param outcomes of all cases of all files about this policy, in their order
 */
record TestedPolicy(Path policy, Places places, List<Outcome> outcomes, Coverage coverage) {
    TestedPolicy {
        outcomes = List.copyOf(outcomes);
    }

    /** Where the part of the policy is that the answer depends on: a rule, or a claim in it. */
    Optional<Position> hinge(Outcome outcome) {
        return outcome.answer()
                .hinge()
                .map(pointer ->
                        places.find(pointer).orElseGet(() -> places.of(Pointer.parent(Pointer.parent(pointer)))));
    }

    List<Outcome> failed() {
        return outcomes.stream().filter(outcome -> !outcome.passed()).toList();
    }
}
