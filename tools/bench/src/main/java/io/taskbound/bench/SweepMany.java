// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench;

import io.taskbound.issuer.Sweep;
import io.taskbound.ledger.DynamoLedger;
import io.taskbound.ledger.DynamoTable;
import io.taskbound.ledger.LedgerTable;
import io.taskbound.ledger.Sweeper;
import io.taskbound.local.EmbeddedDynamo;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Lets very many tokens lapse and ends them in one run of the sweeper, beside as many bare updates of the same size by
 * as many threads.
 */
public final class SweepMany {
    private static final int TOKENS = 10_000;
    private static final double MAX_SECONDS = 60;
    private static final int THREADS = 8;
    private static final String TABLE = "taskbound";

    private SweepMany() {}

    public static void main(String[] arguments) throws Exception {
        int tokens = arguments.length == 0 ? TOKENS : Integer.parseInt(arguments[0]);
        try (var dynamo = EmbeddedDynamo.inMemory();
                var scene = new Scene()) {
            LedgerTable.create(dynamo.client(), TABLE);
            mint(tokens, scene, dynamo.client());
            double swept = sweep(tokens, dynamo.client());
            double bare = bareUpdates(dynamo.client());
            System.out.printf(
                    Locale.ROOT,
                    "%,d tokens ended by one run in %.2f s; as many bare updates %.2f s, ratio %.2f%n",
                    tokens,
                    swept,
                    bare,
                    swept / bare);
            System.exit(swept <= MAX_SECONDS ? 0 : 1);
        }
    }

    private static void mint(int tokens, Scene scene, DynamoDbClient client) {
        var edge = scene.edge(new DynamoLedger(new DynamoTable(client, TABLE), Stage.RETENTION));
        for (int number = 0; number < tokens; number++) {
            Answered.yes(edge.handle(scene.mintRequest("run-" + number, number, Scene.SIGN)));
        }
    }

    private static double sweep(int tokens, DynamoDbClient client) {
        Queue<String> lines = new ConcurrentLinkedQueue<>();
        var tomorrow = Clock.offset(Clock.systemUTC(), Duration.ofDays(1));
        var sweep = new Sweep(
                new Sweeper(new DynamoTable(client, TABLE)),
                line -> lines.add(line.text()),
                System.err::println,
                tomorrow);
        long began = System.nanoTime();
        var report = sweep.run("bench", Duration.ofMinutes(10));
        double seconds = (System.nanoTime() - began) / 1e9;
        long said = lines.stream()
                .filter(line -> line.contains("\"event\":\"ended\""))
                .count();
        if (report.allEnded() != tokens || said != tokens || report.failed() > 0) {
            throw new IllegalStateException("of " + tokens + " tokens " + report.allEnded() + " were ended and " + said
                    + " said so; " + report.failed() + " failures");
        }
        return seconds;
    }

    private static double bareUpdates(DynamoDbClient client) throws InterruptedException {
        var keys = client.scanPaginator(scan -> scan.tableName(TABLE).projectionExpression("pk, sk")).items().stream()
                .filter(item -> Objects.requireNonNull(item.get("sk"), "sk").s().startsWith("T#"))
                .toList();
        var shares = IntStream.range(0, keys.size()).boxed().collect(Collectors.groupingBy(each -> each % THREADS));
        var threads = Executors.newFixedThreadPool(THREADS);
        try {
            long began = System.nanoTime();
            threads.invokeAll(shares.values().stream()
                    .<Callable<Object>>map(share -> Executors.callable(() -> update(client, keys, share)))
                    .toList());
            return (System.nanoTime() - began) / 1e9;
        } finally {
            threads.shutdownNow();
        }
    }

    private static void update(DynamoDbClient client, List<Map<String, AttributeValue>> keys, List<Integer> share) {
        for (int each : share) {
            client.updateItem(update -> update.tableName(TABLE)
                    .key(keys.get(each))
                    .conditionExpression("attribute_exists(cc)")
                    .updateExpression("SET q = :q, d = :d")
                    .expressionAttributeValues(
                            Map.of(":q", AttributeValue.fromS("0"), ":d", AttributeValue.fromN("1"))));
        }
    }
}
