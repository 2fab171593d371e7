// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;

/** An issuer's key set that comes when and how a test says, without a network. */
final class ScriptedKeys implements KeyFetcher {
    /** Runs in the middle of every fetch. */
    interface Pause {
        void await() throws InterruptedException;
    }

    final AtomicInteger fetches = new AtomicInteger();
    volatile String jwks;
    volatile boolean down;
    volatile Pause pause = () -> {};

    ScriptedKeys(String jwks) {
        this.jwks = jwks;
    }

    @Override
    public byte[] get(URI uri) throws IOException {
        fetches.incrementAndGet();
        try {
            pause.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        if (down) {
            throw new IOException("down");
        }
        return jwks.getBytes(UTF_8);
    }
}
