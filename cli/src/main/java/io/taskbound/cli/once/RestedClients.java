// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.once;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
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
    /** Each has a thread. Whoever sends more in that time takes the one that has rested longest. */
    private static final int MOST = 16;

    private final HttpClient.Builder settings;
    private final LongSupplier nanos;
    private final Deque<Resting> resting = new ArrayDeque<>();
    private int made;

    /** What it does not use yet. */
    private record Resting(HttpClient client, long since) {}

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
        var oldest = resting.peekFirst();
        boolean rested = oldest != null && nanos.getAsLong() - oldest.since() >= REST.toNanos();
        if (oldest != null && (rested || made >= MOST)) {
            resting.removeFirst();
            return new Lease(oldest.client());
        }
        made++;
        return new Lease(settings.build());
    }

    private synchronized void rests(HttpClient client) {
        if (made > MOST) {
            // More were needed at once than are kept.
            made--;
            return;
        }
        resting.addLast(new Resting(client, nanos.getAsLong()));
    }

    /** A client, for one request. */
    public final class Lease implements AutoCloseable {
        private final HttpClient client;
        private boolean closed;

        private Lease(HttpClient client) {
            this.client = client;
        }

        public HttpClient client() {
            return client;
        }

        /** The client rests; a second call does nothing. */
        @Override
        public void close() {
            synchronized (RestedClients.this) {
                if (!closed) {
                    closed = true;
                    rests(client);
                }
            }
        }
    }
}
