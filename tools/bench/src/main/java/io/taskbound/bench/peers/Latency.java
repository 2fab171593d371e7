// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench.peers;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * How long a caller waits for a mint of the function when DynamoDB and KMS are as far away as in a region: 2 ms for
 * each request to DynamoDB and 5 ms for each to KMS, on top of what they take here.
 */
final class Latency {
    private static final Duration TO_DYNAMO = Duration.ofMillis(2);
    private static final Duration TO_KMS = Duration.ofMillis(5);
    private static final int MEASURED = 1_000;
    private static final int WARM_UP = 10_000;
    private static final int WARM_UP_QUICK = 2_000;
    private static final int RESTORES = 9;
    private static final int RESTORES_QUICK = 3;
    private final Site site;
    private final String dynamo;
    private final boolean quick;

    private Latency(Site site, String dynamo, boolean quick) {
        this.site = site;
        this.dynamo = dynamo;
        this.quick = quick;
    }

    /** Measures both signers and prints a table. */
    static void report(Site site, boolean quick) throws IOException, InterruptedException {
        site.kms().moveAway(TO_KMS);
        try (var proxy = new DelayingProxy(URI.create(site.dynamoEndpoint()), TO_DYNAMO)) {
            var latency = new Latency(site, proxy.endpoint(), quick);
            var sealed = latency.line(Signer.SEALED, "function, sealed key");
            var kms = latency.line(Signer.KMS, "function, KMS signs");
            System.out.printf(
                    Locale.ROOT,
                    "%nMilliseconds for who asks, with %d ms added to each request to DynamoDB and %d to KMS:%n%n",
                    TO_DYNAMO.toMillis(),
                    TO_KMS.toMillis());
            System.out.println(
                    "| | warm mint, p50 | p99 | first mint after a restore, p50 | slowest | the restore, p50 |\n"
                            + "|---|---|---|---|---|---|");
            System.out.println(sealed + "\n" + kms);
        } finally {
            site.kms().moveAway(Duration.ZERO);
        }
    }

    private String line(Signer signer, String title) throws IOException, InterruptedException {
        var warm = warm(signer, title);
        int rounds = quick ? RESTORES_QUICK : RESTORES;
        var firsts = new long[rounds];
        var restores = new long[rounds];
        for (int round = 0; round < rounds; round++) {
            Progress.say(title + ": restore " + (round + 1) + " of " + rounds);
            try (var server = candidate(Row.SNAPSHOT, signer, FunctionStart.SNAPSHOT)
                            .start();
                    var load = new Load(server)) {
                firsts[round] = (long) (load.run(server.requests(1)).latencies().millis(100) * 1e6);
                restores[round] =
                        server.started().restore().orElseThrow().time().toNanos();
            }
        }
        var first = Percentiles.of(firsts);
        return String.format(
                Locale.ROOT,
                "| %s | %.1f | %.1f | %.1f | %.1f (of %d) | %.0f |",
                title,
                warm.latencies().millis(50),
                warm.latencies().millis(99),
                first.millis(50),
                first.millis(100),
                rounds,
                Percentiles.of(restores).millis(50));
    }

    private Stretch warm(Signer signer, String title) throws IOException, InterruptedException {
        int warmUp = quick ? WARM_UP_QUICK : WARM_UP;
        var plan = new Plan(List.of(warmUp, warmUp + MEASURED));
        try (var server =
                candidate(Row.ON_DEMAND, signer, FunctionStart.ON_DEMAND).start()) {
            return Measurement.of(server, plan, title + ", far away").hot();
        }
    }

    private FunctionCandidate candidate(Row row, Signer signer, FunctionStart kind) {
        return new FunctionCandidate(row, site, kind, signer, List.of()).by(dynamo);
    }
}
