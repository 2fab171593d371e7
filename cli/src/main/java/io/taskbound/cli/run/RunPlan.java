// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.run;

import io.taskbound.client.IssuerClient;
import io.taskbound.client.TaskRequest;
import java.time.Duration;
import java.util.List;

/**
 * A command line that was found to be without fault.
 *
 * @param audience of the ID token, where its source can choose
 * @param grace how long the command may take to end after a signal
 * @param command empty in a dry run, which runs none
 */
record RunPlan(
        IssuerClient issuer,
        TaskRequest request,
        IdTokenSource idTokens,
        String audience,
        boolean passIdToken,
        Duration grace,
        List<String> command) {
    RunPlan {
        command = List.copyOf(command);
    }
}
