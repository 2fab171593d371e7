// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import java.time.Duration;
import org.crac.Context;
import org.crac.Resource;

/**
 * What Lambda calls around a snapshot (SnapStart). Before it, everything is dropped: a snapshot is kept and started
 * many times, so a key in it would be a copy that nobody can call back. After it, everything is loaded ahead of the
 * first request.
 */
final class SnapshotHooks implements Resource {
    /** Lambda ends a restore that takes 10 s. */
    static final Duration LOADING = Duration.ofSeconds(3);

    private final LazyIssuer issuer;
    private final Health health;

    SnapshotHooks(LazyIssuer issuer, Health health) {
        this.issuer = issuer;
        this.health = health;
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
        issuer.load(LOADING);
    }
}
