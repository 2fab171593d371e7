// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench;

import io.taskbound.audit.AuditLine;
import io.taskbound.issuer.Sweep;
import io.taskbound.issuer.SweepReport;
import io.taskbound.ledger.DynamoLedger;
import io.taskbound.ledger.DynamoTable;
import io.taskbound.ledger.Sweeper;
import io.taskbound.metrics.SweepMetrics;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What the sweeper asks of the cloud and costs, measured on the real one over DynamoDB Local: a run that finds nothing,
 * and a run that finds one token, which was never closed or which was renewed. Many in one run share its queries.
 *
 * @param empty a run that finds nothing
 * @param ended what a token that it ends adds
 * @param rearmed what a token that was renewed adds
 */
record SweepCost(Share empty, Share ended, Share rearmed) {
    private static final double MILLION = 1e6;
    private static final double BYTES_IN_GB = 1e9;
    private static final int RUNS_OF_A_MONTH = 30 * 24 * 60;

    /** The tokens of {@link Scene#DEPLOY} have it. */
    private static final Duration LEASE = Duration.ofSeconds(60);

    private static final Duration BEAT = Duration.ofSeconds(20);

    /** @param logBytes audit lines and, of a run, its line of metrics */
    record Share(Units units, int logBytes) {
        Share minus(Share run) {
            return new Share(
                    new Units(
                            units.reads() - run.units().reads(),
                            units.writes() - run.units().writes()),
                    logBytes - run.logBytes());
        }
    }

    /** On a table that holds nothing that is due. */
    static SweepCost measured(String dynamoEndpoint) {
        var meter = new UnitMeter();
        try (var scene = new Scene();
                var client = TokenLife.client(dynamoEndpoint, meter)) {
            var table = new DynamoTable(client, DynamoProcess.TABLE);
            var ledger = new DynamoLedger(table, Stage.RETENTION);
            var far = Scene.NOW.plus(Duration.ofDays(1));
            // What was left here before is swept away first.
            run(table, meter, far);
            var empty = run(table, meter, far);

            var token = Answered.token(scene.edge(ledger).handle(scene.mintRequest(3, Scene.DEPLOY)));
            if (scene.later(ledger, BEAT).handle(scene.renewRequest(token)).status() != 200) {
                throw new IllegalStateException("the token could not be renewed");
            }
            meter.take();
            // After its first deadline, and before the one that the heartbeat gave it.
            var rearmed = run(table, meter, Scene.NOW.plus(LEASE).plus(Sweeper.GRACE));
            var ended = run(table, meter, far);
            return new SweepCost(empty, ended.minus(empty), rearmed.minus(empty));
        }
    }

    private static Share run(DynamoTable table, UnitMeter meter, Instant now) {
        meter.take();
        var bytes = new AtomicInteger();
        var sweep = new Sweep(
                new Sweeper(table), line -> bytes.addAndGet(weight(line)), why -> {}, Clock.fixed(now, ZoneOffset.UTC));
        var report = sweep.run("AAAAAAAAAAAAAAAAAAAAAAAAAA", Duration.ofMinutes(1));
        if (report.failed() > 0) {
            throw new IllegalStateException("the sweep failed");
        }
        bytes.addAndGet(weight(report, now));
        return new Share(meter.take(), bytes.get());
    }

    private static int weight(AuditLine line) {
        return line.text().getBytes(StandardCharsets.UTF_8).length;
    }

    private static int weight(SweepReport report, Instant now) {
        return new SweepMetrics("taskbound", "AAAAAAAAAAAAAAAAAAAAAAAAAA", now)
                .line(report.allEnded(), report.missingCloses(), report.rearmed(), report.failed(), report.behind())
                .length();
    }

    /** What docs/operations.md says of it. */
    String table() {
        double runs = RUNS_OF_A_MONTH
                * (dynamo(empty)
                        + log(empty.logBytes() + Assumed.LOG_BESIDES_AUDIT)
                        + Price.LAMBDA_REQUEST
                        + lambda(Assumed.SWEEP_RUN));
        return "| sweeping | write units | read units | log | cost |\n|---|---|---|---|---|\n"
                + row("a month of runs, one a minute, that find nothing", empty, runs)
                + row("a million tokens that nobody closed", ended, MILLION * each(ended))
                + row("a million times a token that was renewed", rearmed, MILLION * each(rearmed));
    }

    private static String row(String what, Share share, double price) {
        return String.format(
                Locale.ROOT,
                "| %s | %.0f each | %.0f each | %d bytes each | $%.2f |%n",
                what,
                share.units().writes(),
                Math.ceil(share.units().reads()),
                share.logBytes(),
                price);
    }

    private static double each(Share share) {
        return dynamo(share) + log(share.logBytes()) + lambda(Assumed.SWEEP_TOKEN);
    }

    private static double dynamo(Share share) {
        return share.units().writes() * Price.DYNAMO_WRITE_UNIT + share.units().reads() * Price.DYNAMO_READ_UNIT;
    }

    private static double log(int bytes) {
        return bytes / BYTES_IN_GB * (Price.LOG_GB + Assumed.LOG_MONTHS * Price.LOG_GB_MONTH);
    }

    private static double lambda(double seconds) {
        return seconds * Assumed.MEMORY_GB * Price.LAMBDA_GB_SECOND;
    }
}
