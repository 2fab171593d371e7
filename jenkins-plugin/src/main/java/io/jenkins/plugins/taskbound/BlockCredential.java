// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import hudson.AbortException;
import io.taskbound.client.GrantedToken;
import io.taskbound.client.IssuerUrl;
import io.taskbound.client.credential.Credential;
import io.taskbound.client.step.StepText;
import java.io.IOException;
import java.util.Optional;

/** Fetches the credential that a block's token stands for. It ends with the token, or soon after. */
final class BlockCredential {
    private BlockCredential() {}

    /**
     * Empty where the token itself is what the block gets. The credential lasts until the token expires: a running step
     * on an agent keeps the environment that it began with.
     *
     * @throws AbortException with the reason, where none was delivered
     */
    static Optional<BlockSecrets> fetch(IssuerUrl issuer, GrantedToken granted, Delivery delivery, BlockSite site)
            throws IOException, InterruptedException {
        if (granted.credentialKind().isEmpty()) {
            return Optional.empty();
        }
        if (!delivery.isUsual()) {
            throw new AbortException("withTaskToken: this task delivers a credential, which the block gets in variables"
                    + " of its own. Leave out file and variable");
        }
        Credential credential = delivered(issuer, granted);
        site.log().getLogger().println(StepText.delivered(credential));
        return Optional.of(BlockSecrets.of(granted.token(), credential, site.environment()));
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
}
