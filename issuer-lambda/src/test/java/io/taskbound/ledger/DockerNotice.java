// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.testcontainers.DockerClientFactory;

/** Skips a suite that needs Docker, with the reason in the report and in the log. */
final class DockerNotice implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (DockerClientFactory.instance().isDockerAvailable()) {
            return ConditionEvaluationResult.enabled("Docker is here");
        }
        var reason = context.getDisplayName() + " skipped: no Docker on this machine";
        System.out.println(reason);
        return ConditionEvaluationResult.disabled(reason);
    }
}
