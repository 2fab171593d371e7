// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import hudson.model.Run;
import io.taskbound.client.step.StepReceipt;
import java.io.IOException;
import java.util.Optional;

/**
 * Asks for the receipt of a token that was closed, verifies it by the issuer's published keys, and keeps it with the
 * build. The work of the block is done: whatever goes wrong here is a line in the log, and no more.
 */
final class TokenReceipt {
    private TokenReceipt() {}

    /** The receipt's text; empty where there is none. */
    static Optional<String> keep(LiveToken token, BlockSite site) throws IOException, InterruptedException {
        Run<?, ?> run = site.run();
        StepReceipt receipt = StepReceipt.of(
                token.receipt(),
                token.key().handle(),
                IssuerClients.at(token.key().issuerUrl()));
        if (receipt instanceof StepReceipt.Verified verified) {
            TaskTokensAction.receipt(run, token.key(), verified.envelope(), verified.receipt());
            return Optional.of(verified.envelope());
        }
        return missed(site, receipt.match(verified -> "", StepReceipt.Missing::why));
    }

    private static Optional<String> missed(BlockSite site, String why) throws IOException, InterruptedException {
        site.log().getLogger().println("taskbound: no receipt: " + why + "; the " + site.noun() + " is as it was");
        return Optional.empty();
    }
}
