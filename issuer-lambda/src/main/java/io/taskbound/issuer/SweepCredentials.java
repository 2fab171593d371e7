// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.audit.AuditLine;
import io.taskbound.ledger.Credentials;
import io.taskbound.ledger.Ledger;
import io.taskbound.ledger.LedgerUnavailable;
import io.taskbound.task.ServerName;
import io.taskbound.token.Jti;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Ends the foreign credentials whose tokens are dead and which no request has ended: of runners that died, of tokens
 * that an administrator denied, of services that were out of reach. Each resource server is asked by threads of its
 * own, so that one that hangs holds up no other. Several sweeps may run at once.
 */
public final class SweepCredentials {
    /** Requests to the service of one resource server. */
    private static final int AT_ONCE = 8;

    private final Ledger ledger;
    private final CredentialEnd ending;
    private final Consumer<String> operatorLog;
    private final Clock clock;

    /** @param audit gets a line for each end; may be called by several threads at once */
    public SweepCredentials(
            CurrentPolicy policy,
            Ledger ledger,
            Delivering delivering,
            Consumer<AuditLine> audit,
            Consumer<String> operatorLog,
            Clock clock) {
        this.ledger = ledger;
        this.ending = new CredentialEnd(policy, ledger, delivering, audit);
        this.operatorLog = operatorLog;
        this.clock = clock;
    }

    /**
     * What one run did.
     *
     * @param ended revoked, or died by themselves
     * @param unheard of which nobody knows whether they were made
     * @param failed that could not be revoked now, and shards that could not be read
     * @param whole whether it had time for all that were due
     */
    public record Report(int ended, int unheard, int failed, boolean whole) {
        /** Of an issuer that hands out none. */
        public static final Report NOTHING = new Report(0, 0, 0, true);
    }

    /**
     * One run. Never throws for what an outage can do.
     *
     * @param id names the run in the audit lines, as a request id does
     * @param time when it is over, what is begun is finished and nothing more begun
     */
    public Report run(String id, Duration time) {
        var run = new Run(id, time);
        var shards = Executors.newFixedThreadPool(Credentials.SHARDS, SweepCredentials::daemon);
        try {
            shards.invokeAll(IntStream.range(0, Credentials.SHARDS)
                    .<Callable<Object>>mapToObj(shard -> Executors.callable(() -> sweep(shard, run)))
                    .toList());
            run.finishAsking();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            run.count(CredentialEnd.Result.FAILED);
        } finally {
            shards.shutdownNow();
            run.stopAsking();
        }
        return run.report();
    }

    private void sweep(int shard, Run run) {
        guarded("shard " + shard, run, () -> {
            if (!ledger.credentials().due(shard, now(), handle -> begin(handle, run))) {
                run.cut();
            }
        });
    }

    private boolean begin(Jti handle, Run run) {
        if (run.isOver()) {
            return false;
        }
        guarded("one of them", run, () -> {
            var begun = ending.begin(handle, run.id, now());
            if (begun.asks().isPresent()) {
                run.asking(begun.asks().get()).execute(() -> finish(begun, run));
            } else {
                run.count(begun.finish());
            }
        });
        return true;
    }

    private void finish(CredentialEnd.Begun begun, Run run) {
        if (run.isOver()) {
            run.cut();
        } else {
            guarded("one of them", run, () -> run.count(begun.finish()));
        }
    }

    private void guarded(String what, Run run, Runnable work) {
        try {
            work.run();
        } catch (LedgerUnavailable outage) {
            run.count(CredentialEnd.Result.FAILED);
            operatorLog.accept("taskbound: credentials, " + what + ": " + outage.getMessage());
        } catch (RuntimeException unforeseen) {
            // Only the class: a message could contain what a caller once sent.
            run.count(CredentialEnd.Result.FAILED);
            operatorLog.accept("taskbound: credentials, " + what + ": "
                    + unforeseen.getClass().getName());
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static Thread daemon(Runnable work) {
        var thread = new Thread(work, "taskbound-credentials");
        thread.setDaemon(true);
        return thread;
    }

    private static final class Run {
        private final String id;
        private final Duration time;
        private final long began = System.nanoTime();
        private final Map<CredentialEnd.Result, Integer> results = new EnumMap<>(CredentialEnd.Result.class);
        private final Map<ServerName, ExecutorService> asking = new HashMap<>();
        private boolean cut;

        Run(String id, Duration time) {
            this.id = id;
            this.time = time;
        }

        synchronized Executor asking(ServerName server) {
            return asking.computeIfAbsent(
                    server, any -> Executors.newFixedThreadPool(AT_ONCE, SweepCredentials::daemon));
        }

        /** To be called when nothing more is handed to them. */
        void finishAsking() throws InterruptedException {
            for (var workers : stopAsking()) {
                // What is begun asks a service, which is bounded, and the ledger.
                var unused = workers.awaitTermination(CredentialEnd.UNDER_WAY.toSeconds(), TimeUnit.SECONDS);
            }
        }

        synchronized Collection<ExecutorService> stopAsking() {
            asking.values().forEach(ExecutorService::shutdown);
            return List.copyOf(asking.values());
        }

        synchronized void count(CredentialEnd.Result result) {
            results.merge(result, 1, Integer::sum);
        }

        synchronized void cut() {
            cut = true;
        }

        boolean isOver() {
            return System.nanoTime() - began > time.toNanos();
        }

        synchronized Report report() {
            return new Report(
                    results.getOrDefault(CredentialEnd.Result.ENDED, 0),
                    results.getOrDefault(CredentialEnd.Result.UNHEARD, 0),
                    results.getOrDefault(CredentialEnd.Result.FAILED, 0),
                    !cut);
        }
    }
}
