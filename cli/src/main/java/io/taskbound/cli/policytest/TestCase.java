// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.policytest;

import io.taskbound.cli.policy.Position;
import io.taskbound.identity.Caller;
import io.taskbound.policy.Policy;
import io.taskbound.task.TaskRequest;
import java.time.Instant;

/**
 * One question to a policy, and the answer that it must give.
 *
 * @param position where the case stands in its file
 * @param at when the caller asks
 */
record TestCase(String name, Position position, Caller caller, TaskRequest request, Instant at, Expected expected) {

    Outcome run(Policy policy) {
        var answer = new Answer(policy.explain(caller, request, at));
        return new Outcome(this, answer, expected.differences(answer));
    }
}
