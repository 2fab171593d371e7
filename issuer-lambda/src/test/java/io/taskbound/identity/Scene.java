// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import io.taskbound.local.ClaimSet;
import io.taskbound.local.Dialect;
import io.taskbound.local.StandInProvider;
import io.taskbound.task.ProviderName;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;

/** A provider that signs, and a verifier that trusts it, at a fixed time. */
final class Scene implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    static final String AUDIENCE = "https://tokens.acme.example";
    static final String TXN = "6f1c2a4e-0b7d-4e0e-9a55-2f2d6b1c7e10";

    final StandInProvider signer;
    final AtomicInteger fetches = new AtomicInteger();
    final Provider provider;
    final IdentityVerifier verifier;

    private Scene(StandInProvider signer, Provider provider) {
        this.signer = signer;
        this.provider = provider;
        this.verifier = new IdentityVerifier(List.of(provider), this::countAndFail);
    }

    private byte[] countAndFail(URI uri) throws IOException {
        fetches.incrementAndGet();
        throw new IOException("no network in this scene");
    }

    static StandInProvider signer(Dialect dialect, String algorithm) {
        return StandInProvider.start(StandInProvider.Setup.of(dialect, Clock.fixed(NOW, ZoneOffset.UTC))
                .algorithm(algorithm));
    }

    /** Pinned keys: nothing but the token itself decides. */
    static Scene pinned(String profile, Dialect dialect, String algorithm) {
        var signer = signer(dialect, algorithm);
        var keys = new KeySource.Pinned(Proven.json(signer.jwks()));
        return new Scene(signer, provider(profile, signer.issuer(), keys, algorithm));
    }

    static Scene github() {
        return pinned("github", Dialect.GITHUB, "RS256");
    }

    static Provider provider(String profile, String issuer, KeySource keys, String... algorithms) {
        return new Provider(
                new ProviderName(profile),
                Profiles.named(profile).orElseThrow(),
                issuer,
                AUDIENCE,
                new TreeSet<>(Set.of(algorithms)),
                Duration.ofMinutes(5),
                keys);
    }

    ClaimSet claims() {
        return signer.github("acme/shop", "main").forAudience(AUDIENCE);
    }

    Verification verify(ClaimSet claims) {
        return verify(signer.idToken(claims));
    }

    Verification verify(String token) {
        return verifier.verify(IdToken.of(token), new Purpose.Exchange(Optional.of(TXN)), NOW);
    }

    String header() {
        return header("RS256");
    }

    String header(String algorithm) {
        return "{\"alg\":\"" + algorithm + "\",\"kid\":\"" + signer.kid() + "\",\"typ\":\"JWT\"}";
    }

    static Identity verified(Verification verification) {
        return verification.match(Verification.Verified::identity, Scene::unexpected, Scene::unexpected);
    }

    static Rejection rejection(Verification verification) {
        return verification.match(Scene::unexpected, Verification.Rejected::reason, Scene::unexpected);
    }

    private static <T> T unexpected(Verification verification) {
        throw new AssertionError(verification);
    }

    @Override
    public void close() {
        signer.close();
    }
}
