// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.step;

import io.taskbound.client.IssuerUrl;
import io.taskbound.client.internal.Printable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The ID token of a refused request, read without any check: how old it is, for whom, and why it may be refused. */
final class RefusedProof {
    /** Clocks that differ by less are not worth a word: the issuer allows as much. */
    private static final Duration SKEW = Duration.ofSeconds(30);
    /** No provider's {@code max_age} is shorter unless the policy says so. */
    private static final Duration SHORTEST_MAX_AGE = Duration.ofMinutes(5);

    private final IssuerUrl issuer;
    private final UnverifiedClaims claims;
    private final Instant now;

    /** @param issuer who refused it */
    RefusedProof(IssuerUrl issuer, UnverifiedClaims claims, Instant now) {
        this.issuer = issuer;
        this.claims = claims;
        this.now = now;
    }

    /** How long ago it was issued. */
    String issued() {
        return age().map(RefusedProof::issued).orElse("(no iat)");
    }

    private static String issued(Duration age) {
        return age.isNegative() ? "in " + AgeText.of(age.negated()) : AgeText.of(age) + " ago";
    }

    /** What is a little in the future is from now. */
    private Optional<Duration> age() {
        return claims.time("iat")
                .map(issued -> Duration.between(issued, now))
                .map(age -> age.isNegative() && age.negated().compareTo(SKEW) <= 0 ? Duration.ZERO : age);
    }

    /** The audience, or all of them. */
    String audience() {
        var audiences = claims.audiences();
        return audiences.isEmpty() ? "(absent)" : Printable.of(String.join(", ", audiences));
    }

    /** What usually is the reason, the likely ones first: the issuer does not tell. */
    List<String> reasons() {
        var reasons = new ArrayList<String>();
        claims.time("exp")
                .filter(expires -> !expires.isAfter(now))
                .ifPresent(
                        expires -> reasons.add("It expired " + AgeText.of(Duration.between(expires, now)) + " ago."));
        age().filter(Duration::isNegative)
                .ifPresent(age -> reasons.add(
                        "It is issued " + issued(age) + " by the clock of this machine: one of two clocks is wrong."));
        otherAudience().ifPresent(reasons::add);
        reasons.add(age().filter(age -> !age.isNegative())
                        .map(age -> "It was issued " + issued(age) + "; was it used before?")
                        .orElse("Was it used before?")
                + " An ID token can be exchanged once: get a new one for each task.");
        age().filter(age -> age.compareTo(SHORTEST_MAX_AGE) >= 0)
                .ifPresent(age -> reasons.add("It is older than the provider's max_age in the policy: 5 min unless the"
                        + " policy says otherwise, 10 min for Kubernetes, 1 h for GitLab and CircleCI."));
        reasons.add("Its job or run may have been closed: by a hook, or by a client since the ID token was issued.");
        reasons.add(claims.shown("iss")
                .map(iss -> "The policy has no provider whose issuer is exactly " + iss + ".")
                .orElse("It has no iss."));
        return reasons;
    }

    private Optional<String> otherAudience() {
        var audiences = claims.audiences();
        if (audiences.size() > 1) {
            return Optional.of("It has more than one audience.");
        }
        // Jenkins adds the request's own txn behind a #.
        String audience = audiences.isEmpty() ? "" : audiences.get(0).split("#", 2)[0];
        return withoutSlash(audience).equals(withoutSlash(issuer.toString()))
                ? Optional.empty()
                : Optional.of("Its audience is not " + issuer + ", the URL of this issuer: another name of the same"
                        + " host, such as localhost for 127.0.0.1, is not the same. Only the policy can name another"
                        + " audience.");
    }

    private static String withoutSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }
}
