// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.cli.overhttp.LiveIssuer;
import io.taskbound.json.JsonObject;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import io.taskbound.ledger.Liveness;
import io.taskbound.ledger.TokenRecord;
import io.taskbound.token.Jti;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Steps under {@code taskbound run}, some of them killed by SIGKILL at a random point: before they have a token, while
 * they hold it, after its close. By the clock of the sweepers the lease and two minutes have passed then: every token
 * has an end and a cause, and exactly those whose holder died without closing are missed, none twice.
 * {@code tools/bench/killed-steps} plays 1,000 steps.
 */
@Tag("long")
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no signals of that kind")
class KilledStepsIT {
    private static final int STEPS = Integer.getInteger("steps", 30);
    private static final int EVERY = 5;
    private static final int AT_ONCE = 4;
    private static final int SWEEPERS = 3;
    private static final int SETTLED = 5;
    /** 128 and the number of SIGKILL. */
    private static final int KILLED = 137;

    private static final long PAUSE_MILLIS = 200;
    private static final int COMMAND_MILLIS = 1_000;
    private static final int LONGEST_START_MILLIS = 2_000;
    private static final Duration LEASE_AND_TWO_MINUTES = Duration.ofSeconds(60 + 120);

    @TempDir
    private Path folder;

    private final Queue<JsonObject> lines = new ConcurrentLinkedQueue<>();
    private final AtomicInteger killed = new AtomicInteger();

    @Test
    @Timeout(value = 2, unit = TimeUnit.HOURS)
    void exactlyTheKilledMissTheirClose() throws Exception {
        try (var issuer = LiveIssuer.start(line -> lines.add(read(line)))) {
            atOnce(AT_ONCE, STEPS, number -> step(issuer, number));
            var unclosed = unclosed(issuer);

            var later = Clock.offset(Clock.systemUTC(), LEASE_AND_TWO_MINUTES);
            atOnce(SWEEPERS, SWEEPERS, number -> {
                var report = issuer.sweep(later).run("sweep-" + number, Duration.ofMinutes(1));
                assertThat(report.failed()).isZero();
            });

            check(issuer, unclosed, later.instant());
        }
    }

    private void check(LiveIssuer issuer, Set<String> unclosed, Instant now) {
        var records = records(issuer);
        System.out.println(STEPS + " steps, " + killed + " killed; " + records.size() + " tokens, " + unclosed.size()
                + " without a close, " + said("missing_close").size() + " missed");
        assertThat(records).hasSizeBetween(STEPS - killed.get(), STEPS).allSatisfy(record -> {
            assertThat(record.life().end()).as(handle(record)).isPresent();
            assertThat(record.livenessAt(now)).isNotEqualTo(Liveness.ALIVE);
        });
        assertThat(said("missing_close")).containsExactlyInAnyOrderElementsOf(unclosed);
        assertThat(said("ended"))
                .containsExactlyInAnyOrderElementsOf(
                        records.stream().map(KilledStepsIT::handle).toList());
        assertThat(unclosed).as("killed while they held a token").isNotEmpty().hasSizeLessThanOrEqualTo(killed.get());
    }

    /** A killed process's last request may still be under way: asks until nothing changes any more. */
    private Set<String> unclosed(LiveIssuer issuer) throws InterruptedException {
        Set<String> before = Set.of();
        var now = unclosedNow(issuer);
        for (int same = 0; same < SETTLED; same = now.equals(before) ? same + 1 : 0) {
            Thread.sleep(PAUSE_MILLIS);
            before = now;
            now = unclosedNow(issuer);
        }
        return now;
    }

    private Set<String> unclosedNow(LiveIssuer issuer) {
        return records(issuer).stream()
                .filter(record -> record.life().end().isEmpty())
                .map(KilledStepsIT::handle)
                .collect(Collectors.toSet());
    }

    private static String handle(TokenRecord record) {
        return record.jti().toString();
    }

    /** Every fifth step is killed: of three, one some time after it began, and two some time after it got its token. */
    private void step(LiveIssuer issuer, int number) throws Exception {
        var setting = WrappedRun.Setting.of(issuer, folder)
                .having("TASKBOUND_ID_TOKEN", issuer.idToken(Integer.toString(10_000 + number)));
        try (var run = setting.sh("echo yes > holds-" + number + "; sleep 1")) {
            if (number % EVERY == 0) {
                awaitEnd(run, number);
                run.kill();
                // It may have ended by itself a moment before.
                killed.addAndGet(run.await() == KILLED ? 1 : 0);
            } else {
                assertThat(run.await()).as(run.err()).isZero();
            }
        }
    }

    private static void awaitEnd(WrappedRun run, int number) throws Exception {
        var random = ThreadLocalRandom.current();
        switch (number / EVERY % 3) {
            case 0 -> Thread.sleep(random.nextInt(LONGEST_START_MILLIS));
            case 1 -> {
                run.awaitFile("holds-" + number);
                Thread.sleep(random.nextInt(COMMAND_MILLIS / 2));
            }
            default -> {
                run.awaitFile("holds-" + number);
                // While it closes, and after that.
                Thread.sleep(COMMAND_MILLIS + random.nextInt(COMMAND_MILLIS / 2));
            }
        }
    }

    /** What the ledger has of each token that was granted: its step may have died before it heard of it. */
    private List<TokenRecord> records(LiveIssuer issuer) {
        return lines.stream()
                .filter(line -> line.string("result").equals(Optional.of("granted")))
                .map(line -> line.string("jti").orElseThrow())
                .map(handle -> Jti.parse(handle).flatMap(issuer.ledger()::find).orElseThrow())
                .toList();
    }

    /** The handles of the tokens of which the audit log says this, as often as it does. */
    private List<String> said(String event) {
        return lines.stream()
                .filter(line -> line.string("event").orElseThrow().equals(event))
                .map(line -> line.string("jti").orElseThrow())
                .toList();
    }

    private static JsonObject read(String line) {
        try {
            return StrictJson.parseObject(line.getBytes(StandardCharsets.UTF_8));
        } catch (MalformedJson malformed) {
            throw new AssertionError(malformed);
        }
    }

    private interface Work {
        void of(int number) throws Exception;
    }

    private static void atOnce(int threads, int times, Work work) throws Exception {
        var pool = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<Void>> all = new ArrayList<>();
            IntStream.range(0, times)
                    .forEach(number -> all.add(() -> {
                        work.of(number);
                        return null;
                    }));
            for (var done : pool.invokeAll(all)) {
                done.get();
            }
        } finally {
            pool.shutdown();
            pool.awaitTermination(1, TimeUnit.MINUTES);
        }
    }
}
