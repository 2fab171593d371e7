// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.identity.IdentityVerifier;
import io.taskbound.identity.KeyFetcher;
import io.taskbound.policy.Policy;

/**
 * The policy in force and the verifier of the providers that it names, always seen together. A reload that fails never
 * comes here, so the last good version stays.
 */
public final class CurrentPolicy {
    private volatile InForce inForce;

    /** One policy version with the verifier of its providers. */
    public record InForce(Policy policy, IdentityVerifier verifier) {}

    public CurrentPolicy(Policy first, KeyFetcher fetcher) {
        this.inForce = new InForce(first, new IdentityVerifier(first.providers(), fetcher));
    }

    /**
     * Refuses a policy that trusts this issuer itself as a provider: its own tokens would be proofs for more of them.
     *
     * @throws IllegalArgumentException naming the provider and what to change
     */
    public static void requireOthers(Policy policy, String issuerUrl) {
        for (var provider : policy.providers()) {
            if (provider.issuer().equals(issuerUrl)) {
                throw new IllegalArgumentException("provider " + provider.name()
                        + " names this issuer's own URL as its issuer; name the CI system's issuer there");
            }
        }
    }

    public InForce now() {
        return inForce;
    }

    /** Puts the next version in force; requests that have begun finish under the old one. */
    public synchronized void replace(Policy next) {
        inForce = new InForce(next, inForce.verifier().forProviders(next.providers()));
    }
}
