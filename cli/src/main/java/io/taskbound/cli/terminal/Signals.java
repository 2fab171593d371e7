// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.terminal;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * The signals that ask this process to end. None of them ends the JVM by itself: what is open has to be closed first,
 * and the exit code chosen, which a shutdown hook could not.
 */
public final class Signals implements AutoCloseable {
    private final CompletableFuture<EndSignal> first = new CompletableFuture<>();
    private final Map<Signal, SignalHandler> replaced = new HashMap<>();
    private final Runnable atSecond;
    private Consumer<EndSignal> receiver = signal -> {};

    private Signals(Runnable atSecond) {
        this.atSecond = atSecond;
    }

    /** All of them, from now on. */
    public static Signals listen() {
        return new Signals(() -> {}).listenTo(EndSignal.values());
    }

    /** For a server: INT and TERM ask it to stop in order, and the second of them ends the process at once. */
    public static Signals untilSecond() {
        return new Signals(() -> Runtime.getRuntime().halt(EndSignal.INT.exitCode()))
                .listenTo(EndSignal.INT, EndSignal.TERM);
    }

    private Signals listenTo(EndSignal... signals) {
        for (var signal : signals) {
            listenTo(signal);
        }
        return this;
    }

    private void listenTo(EndSignal signal) {
        try {
            // One that was ignored when we were started, as by nohup, stays ignored: the JVM sees to that.
            var system = new Signal(signal.posixName());
            replaced.put(system, Signal.handle(system, any -> received(signal)));
        } catch (IllegalArgumentException notHere) {
            // Windows knows no HUP; a JVM with -Xrs leaves signals to the system, which then ends the process.
            return;
        }
    }

    /** Signals do again what they did before. */
    @Override
    public void close() {
        replaced.forEach(Signal::handle);
    }

    private synchronized void received(EndSignal signal) {
        if (!first.complete(signal)) {
            atSecond.run();
        }
        receiver.accept(signal);
    }

    /** Hands over every signal from now on, and first the one that came before. */
    public synchronized void deliverTo(Consumer<EndSignal> to) {
        receiver = to;
        first().ifPresent(to);
    }

    /** The one that came first. */
    public Optional<EndSignal> first() {
        return Optional.ofNullable(first.getNow(null));
    }

    /** Returns when one has come, or this thread is interrupted. */
    public void await() {
        try {
            first.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits for the work; true when it ended, well or not, false when a signal came before. */
    public boolean letEnd(CompletableFuture<?> work) {
        var ended = work.handle((result, fault) -> true);
        CompletableFuture.anyOf(ended, first).join();
        return ended.isDone();
    }
}
