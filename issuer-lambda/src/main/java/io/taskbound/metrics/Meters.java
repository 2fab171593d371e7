// SPDX-License-Identifier: Apache-2.0
package io.taskbound.metrics;

import io.taskbound.audit.AuditLine;
import io.taskbound.identity.KeyFetcher;
import io.taskbound.ledger.Ledger;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Measures an issuer: per request that led to a decision or found a bad policy, it writes one line in CloudWatch's
 * embedded metric format, after the answer is made. If writing fails, the answer is still given.
 */
public final class Meters {
    private final boolean on;
    private final String issuer;
    private final Stopwatch watch;
    private final Consumer<String> sink;
    private final Consumer<String> operatorLog;
    private final AtomicBoolean cold = new AtomicBoolean(true);

    private Meters(boolean on, String issuer, Stopwatch watch, Consumer<String> sink, Consumer<String> operatorLog) {
        this.on = on;
        this.issuer = issuer;
        this.watch = watch;
        this.sink = sink;
        this.operatorLog = operatorLog;
    }

    /**
     * @param issuer the one dimension that all metrics have: tells apart the issuers of one account, such as the name
     *     of the stack
     * @param ticker nanoseconds since some moment, such as {@code System::nanoTime}
     * @param sink takes one line, without its end
     * @param operatorLog hears of a sink that fails
     */
    public static Meters writing(
            String issuer, LongSupplier ticker, Consumer<String> sink, Consumer<String> operatorLog) {
        return new Meters(true, issuer, new Stopwatch(ticker), sink, operatorLog);
    }

    /** Watches nothing and costs nothing. */
    public static Meters off() {
        return new Meters(false, "", Stopwatch.NONE, line -> {}, line -> {});
    }

    public Stopwatch stopwatch() {
        return watch;
    }

    public KeyFetcher watching(KeyFetcher fetcher) {
        return on ? new WatchedFetcher(fetcher, watch) : fetcher;
    }

    public Ledger watching(Ledger ledger) {
        return on ? new WatchedLedger(ledger, watch) : ledger;
    }

    /** Work handed to the executor is counted for the request that handed it over. */
    public Executor watching(Executor executor) {
        return on ? watch.carrying(executor) : executor;
    }

    /** The audit log, whose lines say what was decided. */
    public Consumer<AuditLine> watching(Consumer<String> audit) {
        return line -> {
            if (on) {
                watch.counts().decided(line);
            }
            audit.accept(line.text());
        };
    }

    /** Answers one request, and writes its line. Within a request it only answers. */
    public <T> T request(Supplier<T> answering) {
        if (!on || watch.counts().isOfARequest()) {
            return answering.get();
        }
        var counts = RequestCounts.ofARequest();
        watch.begin(counts);
        long begun = watch.start();
        try {
            return answering.get();
        } finally {
            long took = watch.start() - begun;
            watch.end();
            write(counts, took);
        }
    }

    /**
     * Writes how many credentials of foreign services a sweep could not end.
     *
     * @param id names the sweep, as in its audit lines
     */
    public void credentialsLeft(String id, Instant now, int failed) {
        if (!on || failed == 0) {
            return;
        }
        try {
            sink.accept(new CredentialMetrics(issuer, id, now).line(failed));
        } catch (RuntimeException brokenSink) {
            operatorLog.accept("taskbound: the metrics cannot be written");
        }
    }

    private void write(RequestCounts counts, long took) {
        try {
            counts.decision()
                    .map(decision -> new RequestMetrics(issuer, counts, decision, took, cold.getAndSet(false)).line())
                    .or(() -> RequestMetrics.ofNoDecision(issuer, counts))
                    .ifPresent(sink);
        } catch (RuntimeException brokenSink) {
            operatorLog.accept("taskbound: the metrics cannot be written");
        }
    }
}
