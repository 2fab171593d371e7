// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.function.Supplier;
import org.crac.Context;
import org.crac.Resource;

/**
 * What Lambda calls around a snapshot (SnapStart). Before it, everything is dropped: a snapshot is kept and started
 * many times, so a key in it would be a copy that nobody can call back. After it, the random numbers of this copy are
 * made its own, and everything is loaded ahead of the first request.
 */
final class SnapshotHooks implements Resource {
    /** Lambda ends a restore that takes 10 s. */
    static final Duration LOADING = Duration.ofSeconds(3);

    private static final int SEED_BYTES = 32;

    private final LazyIssuer issuer;
    private final Health health;
    private final Supplier<SecureRandom> random;

    SnapshotHooks(LazyIssuer issuer, Health health) {
        this(issuer, health, SecureRandom::new);
    }

    /** @param random the JDK's, all of whose instances share one state */
    SnapshotHooks(LazyIssuer issuer, Health health, Supplier<SecureRandom> random) {
        this.issuer = issuer;
        this.health = health;
        this.random = random;
    }

    @Override
    public void beforeCheckpoint(Context<? extends Resource> context) {
        drop();
    }

    void drop() {
        issuer.drop();
        health.drop();
    }

    @Override
    public void afterRestore(Context<? extends Resource> context) {
        seed();
        issuer.load(LOADING);
    }

    /** The JDK mixes the kernel's random numbers with a state of its own, which all copies of a snapshot share. */
    private void seed() {
        var own = random.get();
        own.setSeed(own.generateSeed(SEED_BYTES));
    }
}
