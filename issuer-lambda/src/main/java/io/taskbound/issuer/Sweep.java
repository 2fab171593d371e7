// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.audit.AuditLine;
import io.taskbound.ledger.LedgerUnavailable;
import io.taskbound.ledger.Sweeper;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Ends in the ledger, and in the audit log, what nobody ended: tokens whose lease ran out or whose expiry passed, and
 * what a closing of their run left. A run looks at every shard of the index, several at once and in another order each
 * time, so that each has its turn when time is short.
 */
public final class Sweep {
    private static final int AT_ONCE = 8;

    private final Sweeper sweeper;
    private final Consumer<AuditLine> audit;
    private final Consumer<String> operatorLog;
    private final Clock clock;

    /** @param audit gets a line for each end; may be called by several threads at once */
    public Sweep(Sweeper sweeper, Consumer<AuditLine> audit, Consumer<String> operatorLog, Clock clock) {
        this.sweeper = sweeper;
        this.audit = audit;
        this.operatorLog = operatorLog;
        this.clock = clock;
    }

    /**
     * One run. Never throws for what an outage can do: the report says what is left, and the next run begins there.
     *
     * @param id names the run in the audit lines, as a request id does
     * @param time when it is over, what is begun is finished and nothing more begun
     */
    public SweepReport run(String id, Duration time) {
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var progress = new SweepProgress(id, now, new Ends(audit), time);
        var shards = new ArrayList<>(IntStream.range(0, Sweeper.SHARDS).boxed().toList());
        Collections.shuffle(shards);
        var workers = Executors.newFixedThreadPool(AT_ONCE, Sweep::daemon);
        try {
            workers.invokeAll(shards.stream()
                    .<Callable<Object>>map(shard -> Executors.callable(() -> sweep(shard, now, progress)))
                    .toList());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            progress.failed();
        } finally {
            workers.shutdownNow();
        }
        return progress.report();
    }

    private void sweep(int shard, Instant now, SweepProgress progress) {
        if (progress.isOver()) {
            progress.leftOut();
            return;
        }
        try {
            sweeper.sweep(shard, now, progress);
        } catch (LedgerUnavailable outage) {
            progress.failed();
            operatorLog.accept("taskbound: sweep of shard " + shard + ": " + outage.getMessage());
        } catch (RuntimeException unforeseen) {
            // Only the class: a message could contain what a caller once sent.
            progress.failed();
            operatorLog.accept("taskbound: sweep of shard " + shard + ": "
                    + unforeseen.getClass().getName());
        }
    }

    private static Thread daemon(Runnable work) {
        var thread = new Thread(work, "taskbound-sweep");
        thread.setDaemon(true);
        return thread;
    }
}
