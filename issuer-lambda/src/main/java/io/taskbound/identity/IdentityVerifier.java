// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import io.taskbound.identity.TrustedIssuer.Signed;
import io.taskbound.identity.Verification.Rejected;
import io.taskbound.json.JsonObject;
import io.taskbound.task.ProviderName;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Turns an ID token into a verified {@link Identity} (RFC 7519 section 7.2, RFC 8725). Nothing else makes that type.
 *
 * <p>The order matters: first the form; then the issuer against the configured list, so that no other host is ever
 * called; then the signature; and the claims are read only if it is good.
 */
public final class IdentityVerifier {
    private static final int MAX_SUBJECT = 2048;

    private final Map<String, TrustedIssuer> issuers;
    private final KeyFetcher fetcher;

    /** Fetches nothing yet. An issuer may be configured once: its URL is all that a token names its provider by. */
    public IdentityVerifier(Collection<Provider> providers, KeyFetcher fetcher) {
        this(providers, fetcher, Map.of());
    }

    private IdentityVerifier(Collection<Provider> providers, KeyFetcher fetcher, Map<String, TrustedIssuer> known) {
        this.issuers = new LinkedHashMap<>();
        this.fetcher = fetcher;
        for (var provider : providers) {
            var issuer = Optional.ofNullable(known.get(provider.issuer()))
                    .filter(same -> same.provider().equals(provider))
                    .orElseGet(() -> TrustedIssuer.of(provider, fetcher));
            if (issuers.putIfAbsent(provider.issuer(), issuer) != null) {
                throw new IllegalArgumentException("two providers have one issuer: " + provider.name());
            }
        }
    }

    /**
     * The verifier of another set of providers. Those that did not change keep the keys that were fetched for them, so
     * that a new policy in the middle of a provider's outage refuses nobody.
     */
    public IdentityVerifier forProviders(Collection<Provider> providers) {
        return new IdentityVerifier(providers, fetcher, issuers);
    }

    /**
     * Fetches the keys of all providers ahead of the first token, each by itself. Returns when all have answered or
     * given up; a provider that is out of reach is asked again by its next token.
     *
     * @return the providers whose tokens cannot be verified, and why
     */
    public Map<ProviderName, KeyTrouble> fetchKeys(Instant now, Executor executor) {
        var asked = new LinkedHashMap<ProviderName, CompletableFuture<Optional<KeyTrouble>>>();
        issuers.values()
                .forEach(issuer -> asked.put(
                        issuer.provider().name(),
                        CompletableFuture.supplyAsync(() -> issuer.fetchKeys(now), executor)));
        var troubles = new LinkedHashMap<ProviderName, KeyTrouble>();
        asked.forEach((name, answer) -> answer.join().ifPresent(why -> troubles.put(name, why)));
        return troubles;
    }

    public Verification verify(IdToken token, Purpose use, Instant now) {
        return CompactJws.read(token)
                .match(
                        readable -> verify(readable.jws(), use, now),
                        unreadable -> rejected(unreadable.rejection(), Optional.empty()));
    }

    private Verification verify(CompactJws jws, Purpose use, Instant now) {
        var rejection = HeaderRules.rejection(jws.header());
        if (rejection.isPresent()) {
            return rejected(rejection.get(), Optional.empty());
        }
        var issuer = jws.claims().string("iss").map(issuers::get);
        return issuer.isEmpty()
                ? rejected(Rejected.of(Rejection.UNKNOWN_ISSUER, unknownIssuer(jws.claims())), Optional.empty())
                : verify(jws, issuer.get(), use, now);
    }

    /** For the policy's owner: of the token only its {@code iss}, and that only if it is a plain URL. */
    private String unknownIssuer(JsonObject claims) {
        var named = claims.string("iss");
        if (named.isEmpty()) {
            return "the ID token has no iss that is text";
        }
        var small = issuers.values().stream()
                .map(TrustedIssuer::provider)
                .flatMap(provider -> IssuerDifference.small(provider.issuer(), named.get())
                        .map(difference ->
                                "; it differs from the issuer of provider " + provider.name() + " by: " + difference)
                        .stream())
                .findFirst();
        return "no provider has the issuer " + IssuerDifference.shown(named.get()) + small.orElse("");
    }

    private static Verification verify(CompactJws jws, TrustedIssuer issuer, Purpose use, Instant now) {
        var provider = issuer.provider();
        return issuer.check(jws, now)
                .match(
                        good -> verify(jws, good, provider, use, now),
                        refused -> rejected(refused.rejection(), Optional.of(provider)),
                        unknown -> new Verification.Unavailable(provider.name(), unknown.retryAfter(), unknown.why()));
    }

    private static Verification verify(
            CompactJws jws, Signed.Good signed, Provider provider, Purpose use, Instant now) {
        var times = ProofTimes.read(jws.claims());
        if (times.isEmpty()) {
            return rejected(Rejected.of(Rejection.BAD_CLAIMS, "exp, iat or nbf"), Optional.of(provider));
        }
        var rejection = claimsRejection(jws.claims(), times.get(), provider, use, now);
        return rejection.isPresent()
                ? rejected(rejection.get(), Optional.of(provider))
                : new Verification.Verified(identity(jws, provider, times.get(), signed));
    }

    /** What is wrong with the claims of a token whose signature holds. */
    static Optional<Rejected> claimsRejection(
            JsonObject claims, ProofTimes times, Provider provider, Purpose use, Instant now) {
        return AudienceRule.rejection(claims, provider, use)
                .or(() -> times.rejection(use, provider.maxAge(), provider.leeway(), now))
                .or(() -> subjectRejection(claims))
                .or(() -> provider.profile().rejection(claims));
    }

    private static Optional<Rejected> subjectRejection(JsonObject claims) {
        boolean usable = claims.string("sub")
                .filter(sub -> !sub.isEmpty() && sub.length() <= MAX_SUBJECT)
                .isPresent();
        return usable ? Optional.empty() : Optional.of(Rejected.of(Rejection.BAD_CLAIMS, "sub"));
    }

    private static Identity identity(CompactJws jws, Provider provider, ProofTimes times, Signed.Good signed) {
        var digest = ProofKeys.digest(provider.issuer(), jws.signingInput());
        var caller = provider.profile()
                .describe(provider.name(), provider.issuer(), jws.claims(), ProofKeys.proofKey(digest));
        return new Identity(
                caller,
                ProofKeys.of(digest, caller),
                times,
                signed.keyChanged(),
                signed.keysStale(),
                signed.staleBecause());
    }

    private static Verification rejected(Rejected rejection, Optional<Provider> provider) {
        return provider.map(known -> rejection.by(known.name())).orElse(rejection);
    }
}
