// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import io.taskbound.task.ProviderName;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A CI system whose ID tokens are trusted, as the policy describes it.
 *
 * @param issuer exactly what {@code iss} must be, character by character
 * @param audience the ID token's required audience; one trailing slash is ignored
 * @param algorithms the accepted signature algorithms, from {@link #allAlgorithms()}
 * @param maxAge how old an ID token may be since {@code iat} when it is exchanged
 * @param leeway how far the provider's clock and ours may differ
 * @param login the page may log people in there
 */
public record Provider(
        ProviderName name,
        Profile profile,
        String issuer,
        String audience,
        SortedSet<String> algorithms,
        Duration maxAge,
        Duration leeway,
        KeySource keys,
        Optional<Login> login) {
    /** No ID token older than a day is ever taken. */
    public static final Duration LONGEST_MAX_AGE = IdToken.MAX_LIFE;

    /** What the ledger keeps records for beyond the end of an ID token is as long. */
    public static final Duration LONGEST_LEEWAY = Duration.ofMinutes(5);

    public static final Duration DEFAULT_LEEWAY = Duration.ofSeconds(30);

    public Provider {
        require(!audience.isEmpty(), "audience is empty");
        issuerFlaw(issuer).ifPresent(flaw -> require(false, flaw));
        require(!algorithms.isEmpty() && allAlgorithms().containsAll(algorithms), "algorithms: unknown or none");
        require(
                !maxAge.isNegative() && !maxAge.isZero() && maxAge.compareTo(LONGEST_MAX_AGE) <= 0,
                "max_age must be more than 0 and at most " + LONGEST_MAX_AGE.toHours() + " h");
        require(
                !leeway.isNegative() && leeway.compareTo(LONGEST_LEEWAY) <= 0,
                "leeway must be at most " + LONGEST_LEEWAY.toMinutes() + " min");
        algorithms = Collections.unmodifiableSortedSet(new TreeSet<>(algorithms));
    }

    /** For a CI system, where nobody logs in. */
    public Provider(
            ProviderName name,
            Profile profile,
            String issuer,
            String audience,
            SortedSet<String> algorithms,
            Duration maxAge,
            Duration leeway,
            KeySource keys) {
        this(name, profile, issuer, audience, algorithms, maxAge, leeway, keys, Optional.empty());
    }

    /** With the leeway that a provider has whose clock is as good as others. */
    public Provider(
            ProviderName name,
            Profile profile,
            String issuer,
            String audience,
            SortedSet<String> algorithms,
            Duration maxAge,
            KeySource keys) {
        this(name, profile, issuer, audience, algorithms, maxAge, DEFAULT_LEEWAY, keys);
    }

    /** Who must have certified its host, if not an authority that the JVM knows. */
    public Optional<PrivateCa> ca() {
        if (keys instanceof KeySource.Discovery discovery) {
            return discovery.ca();
        }
        return keys instanceof KeySource.JwksUri address ? address.ca() : Optional.empty();
    }

    /** Whether this is a usable URL at the issuer's own scheme, host and port (threat model R36). */
    public boolean isAtIssuer(String url) {
        return IssuerUrl.flaw(url, true).isEmpty() && IssuerUrl.sameOrigin(URI.create(url), URI.create(issuer));
    }

    /** The algorithms that may be configured (RFC 7518 section 3.1). */
    public static SortedSet<String> allAlgorithms() {
        return SignatureAlgorithm.names();
    }

    /** What is wrong with an issuer URL; empty when it can be used. */
    public static Optional<String> issuerFlaw(String issuer) {
        return IssuerUrl.flaw(issuer, false).map(flaw -> "issuer " + flaw);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
