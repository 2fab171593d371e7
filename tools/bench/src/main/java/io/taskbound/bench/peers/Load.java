// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench.peers;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** The callers of one server: each asks over a connection of its own, and again as soon as it has its answer. */
final class Load implements AutoCloseable {
    private final Server server;
    private final List<Exchange> exchanges = new ArrayList<>();
    private final ExecutorService threads;

    Load(Server server) throws IOException {
        this.server = server;
        this.threads = Executors.newFixedThreadPool(server.callers());
        for (int i = 0; i < server.callers(); i++) {
            exchanges.add(server.open());
        }
    }

    /** Sends all of them. When it returns, every answer has been received, so that the processor time is theirs. */
    Stretch run(List<byte[]> requests) throws IOException, InterruptedException {
        var nanos = new long[requests.size()];
        var next = new AtomicInteger();
        var before = server.process().processor();
        long began = System.nanoTime();
        var working = new ArrayList<Future<?>>();
        for (var exchange : exchanges) {
            working.add(threads.submit(work(requests, nanos, next, exchange)));
        }
        for (var each : working) {
            finish(each);
        }
        var time = Duration.ofNanos(System.nanoTime() - began);
        return new Stretch(server.process().processor().minus(before), time, Percentiles.of(nanos));
    }

    private static Callable<Integer> work(List<byte[]> requests, long[] nanos, AtomicInteger next, Exchange exchange) {
        return () -> {
            int number = next.getAndIncrement();
            for (; number < nanos.length; number = next.getAndIncrement()) {
                nanos[number] = exchange.ask(requests.get(number));
            }
            return number;
        };
    }

    private static void finish(Future<?> work) throws IOException, InterruptedException {
        try {
            work.get();
        } catch (ExecutionException failed) {
            throw new IOException("a request failed: " + failed.getMessage(), failed);
        }
    }

    @Override
    public void close() {
        exchanges.forEach(Exchange::close);
        threads.shutdownNow();
    }
}
