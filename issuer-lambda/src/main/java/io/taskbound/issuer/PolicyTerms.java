// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.policy.Policy;

/**
 * What a policy without faults must also meet, because of how this issuer was deployed.
 *
 * @param issuerUrl our own URL: a policy that trusts it as a provider is refused
 * @param offlineServers whether servers that believe a signature by itself may be served; with a signing key that can
 *     be stolen only if the administrator accepts it, because such a server accepts what a thief signs until the key is
 *     out of its cache
 */
public record PolicyTerms(String issuerUrl, boolean offlineServers) {
    /** The variable by which the administrator accepts it. */
    public static final String ACCEPTANCE = "TASKBOUND_SEALED_KEY_WITH_OFFLINE_SERVERS";

    public static PolicyTerms of(String issuerUrl) {
        return new PolicyTerms(issuerUrl, true);
    }

    /**
     * Refuses a policy that this issuer must not run by.
     *
     * @throws IllegalArgumentException naming what is in the way and what to change
     */
    public void require(Policy policy) {
        CurrentPolicy.requireOthers(policy, issuerUrl);
        for (var server : policy.servers()) {
            if (!offlineServers && server.checks().trustsSignatures()) {
                throw new IllegalArgumentException("resource server " + server.name()
                        + " has checks: " + server.checks().word()
                        + ", so it would take what somebody signs with a stolen sealed key; let it"
                        + " introspect or redeem, sign with kms, or set " + ACCEPTANCE + " to accepted");
            }
        }
    }
}
