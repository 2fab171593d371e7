// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.model.TaskListener;
import io.taskbound.client.GrantedToken;
import io.taskbound.client.IssuerUrl;
import io.taskbound.client.credential.Credential;
import io.taskbound.client.step.StepText;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Fetches the credential that a block's token stands for. It ends with the token, or soon after. */
final class BlockCredential {
    private BlockCredential() {}

    /**
     * Empty where the token itself is what the block gets. The credential lasts until the token expires: a running step
     * on an agent keeps the environment that it began with.
     *
     * @throws AbortException with the reason, where none was delivered
     */
    static Optional<BlockSecrets> fetch(IssuerUrl issuer, GrantedToken granted, Delivery delivery, StepContext context)
            throws IOException, InterruptedException {
        if (granted.credentialKind().isEmpty()) {
            return Optional.empty();
        }
        if (!delivery.isUsual()) {
            throw new AbortException("withTaskToken: this task delivers a credential, which the block gets in variables"
                    + " of its own. Leave out file and variable");
        }
        Credential credential = delivered(issuer, granted);
        context.get(TaskListener.class).getLogger().println(StepText.delivered(credential));
        return Optional.of(BlockSecrets.of(granted.token(), credential, own(context)));
    }

    private static Credential delivered(IssuerUrl issuer, GrantedToken granted) throws AbortException {
        var answer = IssuerClients.at(issuer).lastingCredential(granted);
        Optional<String> failure = answer.match(
                delivered -> Optional.empty(),
                refused -> Optional.of(StepText.notDelivered(refused.refusal(), false)),
                unavailable -> Optional.of(StepText.notDelivered(unavailable.outage(), false)));
        if (failure.isPresent()) {
            throw new AbortException(failure.get());
        }
        return answer.match(
                        delivered -> Optional.of(delivered.credential()),
                        refused -> Optional.<Credential>empty(),
                        unavailable -> Optional.<Credential>empty())
                .orElseThrow();
    }

    private static Map<String, String> own(StepContext context) throws IOException, InterruptedException {
        EnvVars known = context.get(EnvVars.class);
        return known == null ? Map.of() : known;
    }
}
