// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import hudson.model.Run;
import hudson.model.TaskListener;
import io.taskbound.client.step.StepReceipt;
import java.io.IOException;
import java.util.Optional;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * Asks for the receipt of a token that was closed, verifies it by the issuer's published keys, and keeps it with the
 * build. The work of the block is done: whatever goes wrong here is a line in the log, and no more.
 */
final class TokenReceipt {
    private TokenReceipt() {}

    /** The receipt's text; empty where there is none. */
    static Optional<String> keep(LiveToken token, StepContext context) throws IOException, InterruptedException {
        Run<?, ?> run = context.get(Run.class);
        TaskListener log = context.get(TaskListener.class);
        StepReceipt receipt = StepReceipt.of(
                token.receipt(),
                token.key().handle(),
                IssuerClients.at(token.key().issuerUrl()));
        if (receipt instanceof StepReceipt.Verified verified) {
            TaskTokensAction.receipt(run, token.key(), verified.envelope(), verified.receipt());
            return Optional.of(verified.envelope());
        }
        return missed(log, receipt.match(verified -> "", StepReceipt.Missing::why));
    }

    private static Optional<String> missed(TaskListener log, String why) {
        log.getLogger().println("taskbound: no receipt: " + why + "; the block is as it was");
        return Optional.empty();
    }
}
