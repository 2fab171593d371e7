// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.serve;

import io.taskbound.audit.AuditLine;
import io.taskbound.digest.Base64Url;
import io.taskbound.http.IssuerEdge;
import io.taskbound.issuer.Sweep;
import io.taskbound.issuer.SweepCredentials;
import io.taskbound.issuer.SweepReport;
import io.taskbound.ledger.Sweeper;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Ends what nobody ended, several times a minute, as the function of a deployment does. Trouble is told when it begins
 * and when it is over, not each time.
 */
final class Sweeping implements AutoCloseable {
    private static final long EVERY_SECONDS = 15;
    /** Shorter than the pause, so that a stop does not wait long. */
    private static final Duration TIME = Duration.ofSeconds(10);

    private static final int ID_BYTES = 9;

    private final Sweep sweep;
    private final IssuerEdge issuer;
    private final Consumer<String> warn;
    private final ScheduledExecutorService timer;
    private boolean failing;
    private boolean unreadable;
    private boolean credentialsLeft;

    private Sweeping(Sweep sweep, IssuerEdge issuer, Consumer<String> warn) {
        this.sweep = sweep;
        this.issuer = issuer;
        this.warn = warn;
        this.timer = Executors.newSingleThreadScheduledExecutor(work -> {
            var thread = new Thread(work, "taskbound-sweeping");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** @param issuer ends tokens whose window was closed, and foreign credentials */
    static Sweeping start(
            Sweeper sweeper, IssuerEdge issuer, Consumer<String> audit, Consumer<String> warn, Clock clock) {
        Consumer<AuditLine> lines = line -> audit.accept(line.text());
        var sweeping = new Sweeping(new Sweep(sweeper, lines, shardFault -> {}, clock), issuer, warn);
        var unused =
                sweeping.timer.scheduleWithFixedDelay(sweeping::sweep, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
        return sweeping;
    }

    private void sweep() {
        try {
            tell(sweep.run("sweep-" + Base64Url.random(ID_BYTES), TIME));
            issuer.closeWindows(Optional.of("sweep-" + Base64Url.random(ID_BYTES)), TIME);
            tell(issuer.endCredentials(Optional.of("sweep-" + Base64Url.random(ID_BYTES)), TIME));
        } catch (RuntimeException fault) {
            // The timer would drop a run that throws, and with it every later one.
            warn.accept("taskbound: the sweep failed: " + fault.getClass().getName());
        }
    }

    private void tell(SweepReport report) {
        tellOfShards(report.failedShards() > 0);
        if (report.unreadable() > 0 && !unreadable) {
            warn.accept("taskbound: the table holds records of tokens that cannot be read, so that their ends are not"
                    + " told: " + report.unreadable() + " of them. See docs/runbook.md, SweepFailed.");
        }
        unreadable = report.unreadable() > 0;
    }

    private void tell(SweepCredentials.Report report) {
        if (report.failed() > 0 && !credentialsLeft) {
            warn.accept(
                    "taskbound: credentials of steps that have ended cannot be revoked now; the audit log says which"
                            + " and why, and until when each may be alive. They are tried again until they are gone.");
        }
        credentialsLeft = report.failed() > 0;
    }

    private void tellOfShards(boolean failed) {
        if (failed && !failing) {
            warn.accept(
                    "taskbound: tokens that nobody closes cannot be ended in the ledger; they are dead all the same."
                            + " It needs Query on the table's index \"sweep\", and BatchGetItem and UpdateItem on the table.");
        }
        if (!failed && failing) {
            warn.accept("taskbound: tokens that nobody closes are ended in the ledger again.");
        }
        failing = failed;
    }

    /** Waits a moment for a run to finish, so that it does not meet a closed ledger. */
    @Override
    public void close() throws InterruptedException {
        timer.shutdownNow();
        var unused = timer.awaitTermination(TIME.toSeconds(), TimeUnit.SECONDS);
    }
}
