// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import hudson.model.Run;
import hudson.model.TaskListener;
import io.taskbound.client.KeysAnswer;
import io.taskbound.client.ReceiptAnswer;
import io.taskbound.client.receipt.ReceiptVerification;
import io.taskbound.client.receipt.ReceiptVerifier;
import io.taskbound.client.receipt.VerifiedReceipt;
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
        ReceiptAnswer answer = token.receipt();
        if (!(answer instanceof ReceiptAnswer.Received received)) {
            return missed(
                    log,
                    answer.match(
                            got -> "",
                            refused ->
                                    "the issuer refused: " + refused.refusal().code(),
                            unavailable -> unavailable.outage().sentence()));
        }
        KeysAnswer keys = IssuerClients.at(token.key().issuerUrl()).publishedKeys();
        if (!(keys instanceof KeysAnswer.Published published)) {
            return missed(log, "the issuer's keys cannot be fetched");
        }
        Optional<VerifiedReceipt> verified = verified(token.key(), received.envelope(), published.jwks());
        if (verified.isEmpty()) {
            return missed(log, "the issuer's own keys do not verify it");
        }
        String text = received.envelope().strip();
        TaskTokensAction.receipt(run, token.key(), text, verified.get());
        return Optional.of(text);
    }

    /** Of this very token. */
    private static Optional<VerifiedReceipt> verified(TokenKey key, String text, String jwks) {
        ReceiptVerification result = ReceiptVerifier.with(jwks).verify(text);
        return result.<Optional<VerifiedReceipt>>match(
                        accepted -> Optional.of(accepted.receipt()), rejected -> Optional.empty())
                .filter(receipt -> receipt.handle().equals(key.handle()));
    }

    private static Optional<String> missed(TaskListener log, String why) {
        log.getLogger().println("taskbound: no receipt: " + why + "; the block is as it was");
        return Optional.empty();
    }
}
