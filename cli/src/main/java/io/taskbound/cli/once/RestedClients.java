// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.once;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The JDK's clients for requests that may be sent only once. Such a client keeps a connection after an answer of
 * HTTP/1.0, too, which the server closes at that moment (JDK 17 to 25, when no {@code Connection} field says so): a
 * request that takes it before the client hears of that is lost, and nobody knows whether it was carried out. Therefore
 * a client rests after each answer, and meanwhile another one is used.
 *
 * <p>Safe for use by several threads.
 */
public final class RestedClients {
    /** Many times what a server needs to close a connection. */
    private static final Duration REST = Duration.ofMillis(250);
    /** Each has a thread. Where more are needed, the one that is used least and has rested longest is taken. */
    private static final int MOST = 16;

    private final HttpClient.Builder settings;
    private final LongSupplier nanos;
    private final List<Kept> all = new ArrayList<>();

    /** A client, and what it is doing. */
    private static final class Kept {
        final HttpClient client;
        int uses;
        long lastEnd;

        Kept(HttpClient client) {
            this.client = client;
        }

        int uses() {
            return uses;
        }

        long lastEnd() {
            return lastEnd;
        }
    }

    /** @param settings from now on left as they are */
    public RestedClients(HttpClient.Builder settings) {
        this(settings, System::nanoTime);
    }

    RestedClients(HttpClient.Builder settings, LongSupplier nanos) {
        this.settings = settings;
        this.nanos = nanos;
    }

    /** For one request; to be closed when its answer was read, or will not be. */
    public synchronized Lease take() {
        var best = all.stream().min(Comparator.comparingInt(Kept::uses).thenComparingLong(Kept::lastEnd));
        var taken = best.filter(one -> hasRested(one) || all.size() == MOST).orElseGet(this::another);
        taken.uses++;
        return new Lease(taken);
    }

    private boolean hasRested(Kept one) {
        return one.uses == 0 && nanos.getAsLong() - one.lastEnd >= REST.toNanos();
    }

    private Kept another() {
        var one = new Kept(settings.build());
        all.add(one);
        return one;
    }

    private synchronized void end(Kept one) {
        one.uses--;
        one.lastEnd = nanos.getAsLong();
    }

    /** A client, for one request. */
    public final class Lease implements AutoCloseable {
        private final Kept kept;
        private boolean closed;

        private Lease(Kept kept) {
            this.kept = kept;
        }

        public HttpClient client() {
            return kept.client;
        }

        /** The client rests; a second call does nothing. */
        @Override
        public void close() {
            synchronized (RestedClients.this) {
                if (!closed) {
                    closed = true;
                    end(kept);
                }
            }
        }
    }
}
