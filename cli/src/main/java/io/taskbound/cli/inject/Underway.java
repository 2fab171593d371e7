// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.inject;

import io.taskbound.cli.once.RestedClients;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;

/** One request between its head and the end of its answer: what has to be stopped if it takes too long. */
final class Underway {
    private final List<Closeable> streams = new ArrayList<>();
    private final List<RestedClients.Lease> clients = new ArrayList<>();
    private Optional<Future<?>> waiting = Optional.empty();
    private boolean stopped;
    private volatile long lastProgress = System.nanoTime();

    /** An octet went one way or the other. */
    void progress() {
        lastProgress = System.nanoTime();
    }

    long idleNanos() {
        return System.nanoTime() - lastProgress;
    }

    /** For an answer; cancels it at once if the request was stopped before. */
    synchronized void waitsFor(Future<?> answer) {
        waiting = Optional.of(answer);
        if (stopped) {
            answer.cancel(true);
        }
    }

    /** Reads from it; closes it at once if the request was stopped before. */
    synchronized void reads(Closeable stream) {
        streams.add(stream);
        if (stopped) {
            close(stream);
        }
    }

    /** Until its end. */
    synchronized void uses(RestedClients.Lease client) {
        clients.add(client);
    }

    /** Its answer is read, or will not be. */
    synchronized void end() {
        clients.forEach(RestedClients.Lease::close);
    }

    synchronized boolean isStopped() {
        return stopped;
    }

    /** Whoever waits for the service hears at once that there is nothing to wait for. */
    synchronized void stop() {
        stopped = true;
        waiting.ifPresent(answer -> answer.cancel(true));
        streams.forEach(Underway::close);
    }

    private static void close(Closeable stream) {
        try {
            stream.close();
        } catch (IOException closed) {
            // How it ended does not matter now.
            return;
        }
    }
}
