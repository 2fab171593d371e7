// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.taskbound.http.HttpRequest;
import io.taskbound.http.HttpResponse;
import io.taskbound.http.IssuerEdge;
import io.taskbound.ledger.DynamoClients;
import io.taskbound.ledger.DynamoLedger;
import io.taskbound.ledger.DynamoTable;
import java.net.URI;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * Nothing is lost. Mints many tokens over DynamoDB Local, several at once. Each must be active at once, its ID token
 * good for no second one, and from its close on it must be inactive.
 */
final class Soak {
    private static final int MINTS = 100_000;
    private static final int AT_ONCE = 8;
    private static final int REPORT_EVERY = 10_000;
    private static final int UNAVAILABLE = 503;
    private static final int MOST_TRIES = 10;

    private final Scene scene;
    private final IssuerEdge edge;
    private final int mints;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();
    private final AtomicInteger stale = new AtomicInteger();
    private final AtomicInteger twice = new AtomicInteger();
    private final AtomicInteger repeated = new AtomicInteger();

    private Soak(Scene scene, IssuerEdge edge, int mints) {
        this.scene = scene;
        this.edge = edge;
        this.mints = mints;
    }

    public static void main(String[] arguments) throws Exception {
        int mints = arguments.length == 0 ? MINTS : Integer.parseInt(arguments[0]);
        var credentials = StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));
        try (var dynamo = DynamoProcess.start();
                var scene = new Scene();
                var client = DynamoClients.at(URI.create(dynamo.endpoint()), credentials)) {
            var ledger = new DynamoLedger(new DynamoTable(client, DynamoProcess.TABLE), Stage.RETENTION);
            System.exit(new Soak(scene, scene.edge(ledger), mints).run() ? 0 : 1);
        }
    }

    private boolean run() throws InterruptedException, ExecutionException {
        var threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            var working = Stream.generate(() -> threads.submit(this::work))
                    .limit(AT_ONCE)
                    .toList();
            for (var each : working) {
                each.get();
            }
        } finally {
            threads.shutdown();
        }
        boolean good = lost.get() + stale.get() + twice.get() == 0;
        System.out.printf(
                Locale.ROOT,
                "%,d mints: %d not active when returned, %d ID tokens exchanged twice, %d active after their close"
                        + " (%d requests asked again after a 503)  %s%n",
                mints,
                lost.get(),
                twice.get(),
                stale.get(),
                repeated.get(),
                good ? "PASS" : "FAIL");
        return good;
    }

    private void work() {
        for (int number = next.getAndIncrement(); number < mints; number = next.getAndIncrement()) {
            live(number);
            if ((number + 1) % REPORT_EVERY == 0) {
                System.out.printf(Locale.ROOT, "%,d%n", number + 1);
            }
        }
    }

    private void live(int number) {
        var token = Answered.token(answer(scene.mintRequest(number, Scene.DEPLOY)));
        count(lost, !isActive(token));
        // Another task than before, so that it is no lost answer asked for again.
        count(twice, answer(scene.mintRequest(number, Scene.SIGN)).status() == 200);
        Answered.yes(answer(scene.closeRequest(token)));
        count(stale, isActive(token));
    }

    private boolean isActive(String token) {
        var answer = answer(scene.introspectRequest(token));
        if (answer.status() != 200) {
            throw new IllegalStateException(text(answer));
        }
        return !text(answer).equals("{\"active\":false}");
    }

    /** Asks again after a 503, as every client does: on a busy machine DynamoDB Local may be late. */
    private HttpResponse answer(HttpRequest request) {
        var answer = edge.handle(request);
        for (int tries = 1; answer.status() == UNAVAILABLE && tries < MOST_TRIES; tries++) {
            repeated.incrementAndGet();
            answer = edge.handle(request);
        }
        return answer;
    }

    private static String text(HttpResponse answer) {
        return new String(answer.body(), UTF_8);
    }

    private static void count(AtomicInteger what, boolean happened) {
        if (happened) {
            what.incrementAndGet();
        }
    }
}
