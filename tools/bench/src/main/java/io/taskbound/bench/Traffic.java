// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench;

import io.taskbound.issuer.Sweep;
import io.taskbound.ledger.DynamoClients;
import io.taskbound.ledger.DynamoLedger;
import io.taskbound.ledger.DynamoTable;
import io.taskbound.ledger.Sweeper;
import io.taskbound.metrics.SweepMetrics;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * Plays steps of CI, strangers and mishaps against the issuer over DynamoDB Local for some minutes, in real time, and
 * writes down every line that the function's log group would get.
 */
final class Traffic {
    private static final int THREADS = 8;
    private static final int MOST_MINUTES = 240;
    private static final double STEPS_A_SECOND = 1.2;
    /** One stranger for so many steps. */
    private static final int STEPS_A_STRANGER = 6;

    private static final int MINUTE = 60;

    private Traffic() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length != 2 || !arguments[0].matches("[1-9][0-9]{0,2}")) {
            System.err.println("usage: tools/bench/traffic MINUTES FILE");
            System.exit(2);
        }
        int minutes = Math.min(MOST_MINUTES, Integer.parseInt(arguments[0]));
        try (var log = new PrintStream(Files.newOutputStream(Path.of(arguments[1])), false, StandardCharsets.UTF_8);
                var dynamo = DynamoProcess.start();
                var client = DynamoClients.at(
                        URI.create(dynamo.endpoint()),
                        StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")));
                var issuer = new LiveIssuer(
                        new DynamoLedger(new DynamoTable(client, DynamoProcess.TABLE), Stage.RETENTION),
                        log::println,
                        Clock.systemUTC())) {
            play(issuer, sweeping(new DynamoTable(client, DynamoProcess.TABLE), log), minutes * MINUTE);
        }
    }

    /** A run of the sweeper, as its function does it each minute. */
    private static Runnable sweeping(DynamoTable table, PrintStream log) {
        var sweep =
                new Sweep(new Sweeper(table), line -> log.println(line.text()), System.err::println, Clock.systemUTC());
        return () -> {
            var id = "sweep-" + System.nanoTime();
            var report = sweep.run(id, Duration.ofSeconds(MINUTE));
            log.println(new SweepMetrics("taskbound", id, Instant.now())
                    .line(
                            report.allEnded(),
                            report.missingCloses(),
                            report.rearmed(),
                            report.failed(),
                            report.behind()));
        };
    }

    private static void play(LiveIssuer issuer, Runnable sweep, int seconds) throws InterruptedException {
        var threads = Executors.newScheduledThreadPool(THREADS);
        var sweeping = threads.scheduleAtFixedRate(() -> told(sweep), MINUTE / 2, MINUTE, TimeUnit.SECONDS);
        Later later = (in, what) -> {
            // What goes wrong in it is told there.
            var unused = threads.schedule(() -> told(what), in, TimeUnit.SECONDS);
        };
        new Mishaps(issuer, later, seconds).plan();
        arrive(issuer, later, threads, seconds);
        sweeping.cancel(false);
        threads.shutdownNow();
        if (!threads.awaitTermination(MINUTE, TimeUnit.SECONDS)) {
            System.err.println("the last requests did not end");
        }
    }

    /** At random, as steps do; seeded, so that the next run is much like this one. */
    private static void arrive(LiveIssuer issuer, Later later, ScheduledExecutorService threads, int seconds)
            throws InterruptedException {
        var random = new Random(20261127);
        var steps = new StepLife(issuer, later, random);
        var strangers = new Strangers(issuer, random);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        for (int step = 1; System.nanoTime() < end; step++) {
            threads.execute(() -> told(steps::begin));
            if (step % STEPS_A_STRANGER == 0) {
                threads.execute(() -> told(strangers::come));
            }
            Thread.sleep((long) (-Math.log(1 - random.nextDouble()) / STEPS_A_SECOND * 1_000));
        }
    }

    private static void told(Runnable what) {
        try {
            what.run();
        } catch (RuntimeException broken) {
            System.err.println("traffic: " + broken);
        }
    }
}
