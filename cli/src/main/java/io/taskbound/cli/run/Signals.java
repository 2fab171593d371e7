// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.run;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * The signals that this process received, from the moment of {@link #listen} on. None of them ends the JVM any more: the
 * token has to be closed first, and the exit code chosen, which a shutdown hook could not.
 */
final class Signals implements AutoCloseable {
    private final CompletableFuture<EndSignal> first = new CompletableFuture<>();
    private final Map<Signal, SignalHandler> replaced = new HashMap<>();
    private Consumer<EndSignal> receiver = signal -> {};

    private Signals() {}

    static Signals listen() {
        var signals = new Signals();
        for (var signal : EndSignal.values()) {
            signals.listenTo(signal);
        }
        return signals;
    }

    private void listenTo(EndSignal signal) {
        try {
            // One that was ignored when we were started, as by nohup, stays ignored: the JVM sees to that.
            var system = new Signal(signal.posixName());
            replaced.put(system, Signal.handle(system, any -> received(signal)));
        } catch (IllegalArgumentException notHere) {
            // Windows knows no HUP; a JVM with -Xrs leaves signals to the system, and then the lease ends the token.
            return;
        }
    }

    /** Signals do again what they did before. */
    @Override
    public void close() {
        replaced.forEach(Signal::handle);
    }

    synchronized void received(EndSignal signal) {
        first.complete(signal);
        receiver.accept(signal);
    }

    /** Hands over every signal from now on, and first the one that came before. */
    synchronized void deliverTo(Consumer<EndSignal> to) {
        receiver = to;
        first().ifPresent(to);
    }

    Optional<EndSignal> first() {
        return Optional.ofNullable(first.getNow(null));
    }

    /** Waits for the work; true when it ended, well or not, false when a signal came before. */
    boolean letEnd(CompletableFuture<?> work) {
        var ended = work.handle((result, fault) -> true);
        CompletableFuture.anyOf(ended, first).join();
        return ended.isDone();
    }
}
