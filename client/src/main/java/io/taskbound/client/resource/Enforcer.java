// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.resource;

import io.taskbound.client.IssuerClient;
import io.taskbound.client.Outage;
import io.taskbound.client.Refusal;
import io.taskbound.client.ServerCredentials;
import io.taskbound.client.Use;
import io.taskbound.client.dpop.PresentedProof;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Lets a request in for one use of a token, or says how to refuse it. Fails closed: without the issuer's word nothing
 * is let in. Thread-safe.
 */
public final class Enforcer {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final IssuerClient issuer;
    private final ServerCredentials server;
    private final boolean proofs;
    private final Challenges challenges;

    private Enforcer(IssuerClient issuer, ServerCredentials server, boolean proofs) {
        this.issuer = issuer;
        this.server = server;
        this.proofs = proofs;
        this.challenges = new Challenges(proofs);
    }

    /** For tokens of either kind; a request without one is told of both schemes. */
    public static Enforcer of(IssuerClient issuer, ServerCredentials server) {
        return new Enforcer(issuer, server, true);
    }

    /**
     * For a service that does not know its own public URL, and so cannot tell what a proof is for: tokens that are
     * bound to a key are refused.
     */
    public static Enforcer ofBearer(IssuerClient issuer, ServerCredentials server) {
        return new Enforcer(issuer, server, false);
    }

    /**
     * Uses the presented token once.
     *
     * @param use with a {@code useId} of the service's own: {@link Use#once} unless a job of its own is behind it. One
     *     that {@linkplain Use#allowingRepeat allows repeats} is let in again while the token lives
     * @param method of the request, as received
     * @param url of the request as the service knows its own public URL; what a proof must name
     */
    public Verdict enforce(Presented presented, Use use, String method, URI url) {
        if (presented instanceof Presented.Malformed malformed) {
            return challenges.malformed(malformed.why());
        }
        if (!(presented instanceof Presented.Token token)) {
            return challenges.nothing();
        }
        if (token.scheme() == Scheme.DPOP && !proofs) {
            return challenges.bearerOnly();
        }
        if (token.scheme() == Scheme.DPOP && !BoundToken.saysSo(token.token())) {
            return challenges.notBound();
        }
        // The issuer would refuse it as a fault of this service's request, and not as the caller's.
        if (!PresentedFields.isJwt(token.token())) {
            return challenges.noTaskToken();
        }
        var proven = token.proof()
                .map(jwt -> use.withProof(new PresentedProof(jwt, method, url)))
                .orElse(use);
        return issuer.redeem(server, token.token(), proven)
                .match(
                        redeemed -> new Verdict.Allowed(redeemed.token()),
                        repeated -> repeated.token()
                                .filter(alive -> use.repeatAllowed())
                                .<Verdict>map(Verdict.Allowed::new)
                                .orElseGet(challenges::repeated),
                        dead -> challenges.dead(dead, token.scheme()),
                        refused -> misconfigured(refused.refusal()),
                        unavailable -> unavailable(unavailable.outage()));
    }

    private static Verdict misconfigured(Refusal refusal) {
        return unknown("misconfigured", Optional.empty(), "the issuer refused this service's own request: " + refusal);
    }

    private static Verdict unavailable(Outage outage) {
        return unknown("unavailable", outage.retryAfter(), outage.sentence());
    }

    private static Verdict unknown(String reason, Optional<Duration> after, String operator) {
        long seconds = Math.max(1, after.orElse(RETRY_AFTER).toSeconds());
        return new Verdict.Refused(
                503,
                reason,
                "It is not known at present whether the token may be used. Try again later.",
                Map.of("Retry-After", Long.toString(seconds)),
                Optional.of(operator));
    }
}
