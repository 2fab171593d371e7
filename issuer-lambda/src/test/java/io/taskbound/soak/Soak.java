// SPDX-License-Identifier: Apache-2.0
package io.taskbound.soak;

import io.taskbound.http.HttpRequest;
import io.taskbound.http.HttpResponse;
import io.taskbound.http.IssuerEdge;
import io.taskbound.http.IssuerParts;
import io.taskbound.http.TestIssuer;
import io.taskbound.issuer.Sweep;
import io.taskbound.json.JsonObject;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import io.taskbound.ledger.DynamoLedger;
import io.taskbound.ledger.DynamoTable;
import io.taskbound.ledger.Ledger;
import io.taskbound.ledger.Sweeper;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Tokens by many threads over a ledger that fails, while sweepers run whose clocks differ; the time passes with the
 * tokens. Of a hundred holders, five vanish.
 */
final class Soak implements AutoCloseable {
    private static final String TABLE = "taskbound";
    private static final int CLIENTS = 8;
    private static final int TOKENS_A_SECOND = 25;
    private static final int MOST_TRIES = 50;
    private static final int UNAVAILABLE = 503;
    private static final Duration SKEW = Duration.ofSeconds(30);
    private static final Duration SWEEP_TIME = Duration.ofSeconds(50);
    private static final Duration PAUSE = Duration.ofMillis(5);
    private static final Duration SWEEP_EVERY = Duration.ofSeconds(15);
    private static final Duration OVER = Duration.ofMinutes(15);

    private final FaultyClient faulty;
    private final TestIssuer house;
    private final IssuerEdge edge;
    private final Lines lines = new Lines();
    private final Queue<Holder> holders = new ConcurrentLinkedQueue<>();
    private final Queue<String> wrongs = new ConcurrentLinkedQueue<>();
    private final AtomicInteger minted = new AtomicInteger();
    private final AtomicInteger swept = new AtomicInteger();
    private final List<Sweep> sweeps;

    /** @param real the table's own client */
    Soak(DynamoDbClient real) {
        this.faulty = new FaultyClient(real);
        var table = new DynamoTable(faulty.client(), TABLE);
        Ledger ledger = new DynamoLedger(table, Duration.ofDays(30));
        this.house = new TestIssuer(ledger);
        this.edge = new IssuerEdge(new IssuerParts(
                TestIssuer.ISSUER,
                house.policy,
                ledger,
                house.signer,
                Runnable::run,
                lines::take,
                line -> {},
                house.clock));
        this.sweeps = List.of(
                sweep(table, house.clock),
                sweep(table, Clock.offset(house.clock, SKEW)),
                sweep(table, Clock.offset(house.clock, SKEW.negated())));
    }

    private Sweep sweep(DynamoTable table, Clock clock) {
        return new Sweep(new Sweeper(table), lines::take, line -> {}, clock);
    }

    Queue<Holder> holders() {
        return holders;
    }

    /** What a client saw that it must not see. */
    Queue<String> wrongs() {
        return wrongs;
    }

    Lines lines() {
        return lines;
    }

    FaultyClient faulty() {
        return faulty;
    }

    int swept() {
        return swept.get();
    }

    /** Lives through so many tokens, and then lets the time pass until all must have ended. */
    void run(int tokens) throws InterruptedException {
        var over = new AtomicBoolean();
        var sweepers = Executors.newFixedThreadPool(sweeps.size());
        sweeps.forEach(sweep -> sweepers.execute(() -> {
            var next = house.clock.instant();
            while (!over.get()) {
                if (house.clock.instant().isBefore(next)) {
                    LockSupport.parkNanos(PAUSE.toNanos());
                } else {
                    sweep(sweep);
                    next = house.clock.instant().plus(SWEEP_EVERY);
                }
            }
        }));
        var clients = Executors.newFixedThreadPool(CLIENTS);
        for (int number = 0; number < tokens; number++) {
            int mine = number;
            clients.execute(() -> live(mine));
        }
        clients.shutdown();
        clients.awaitTermination(1, TimeUnit.DAYS);
        over.set(true);
        sweepers.shutdown();
        sweepers.awaitTermination(1, TimeUnit.HOURS);
        house.clock.advance(OVER);
        settle();
    }

    private int sweep(Sweep sweep) {
        var report = sweep.run("sweep-" + UUID.randomUUID(), SWEEP_TIME);
        swept.addAndGet(report.allEnded());
        return report.failed();
    }

    /** Sweeps until a run meets no fault. */
    private void settle() {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            if (sweep(sweeps.get(tries % sweeps.size())) == 0) {
                return;
            }
        }
    }

    private void live(int number) {
        try {
            if (minted.incrementAndGet() % TOKENS_A_SECOND == 0) {
                house.clock.advance(Duration.ofSeconds(1));
            }
            live(number, house.idToken("run_id", Integer.toString(1_000_000 + number)));
        } catch (RuntimeException | AssertionError fault) {
            wrongs.add("token " + number + ": " + fault);
        }
    }

    private void live(int number, String idToken) {
        var form = TestIssuer.signForm(idToken, UUID.randomUUID().toString());
        var answer = ask("/token", form, false);
        if (answer.string("access_token").isEmpty()) {
            throw new AssertionError("not minted: " + answer);
        }
        var token = answer.string("access_token").get();
        var fate = fate(number);
        switch (fate) {
            case CLOSED -> ask("/revoke", Map.of("token", token), false);
            case CLOSED_WITH_RUN -> ask("/revoke", Map.of("subject_token", idToken, "handle", "run:*"), false);
            case SPENT -> {
                use(token);
                ask("/revoke", Map.of("token", token), false);
            }
            case KILLED_AFTER_USE -> use(token);
            case KILLED -> ask("/renew", Map.of("token", token, "holder_verifier", TestIssuer.HOLDER_VERIFIER), false);
        }
        holders.add(new Holder(answer.string("jti").orElseThrow(), fate));
        if (fate != Holder.Fate.KILLED && redeem(token, "after").bool("active").orElse(true)) {
            wrongs.add("token " + number + " was used after its end");
        }
    }

    /** 5 % are killed: four before they use their token, one after. */
    private static Holder.Fate fate(int number) {
        int lot = number % 100;
        if (lot < 4) {
            return Holder.Fate.KILLED;
        }
        if (lot < 5) {
            return Holder.Fate.KILLED_AFTER_USE;
        }
        return lot < 40 ? Holder.Fate.SPENT : lot < 50 ? Holder.Fate.CLOSED_WITH_RUN : Holder.Fate.CLOSED;
    }

    /** A use whose answer was lost is a repeat when it is asked for again; it counts once all the same. */
    private void use(String token) {
        var answer = redeem(token, "work");
        boolean counted =
                answer.bool("active").orElse(false) || answer.string("reason").equals(Optional.of("repeat"));
        if (!counted) {
            throw new AssertionError("not usable: " + answer);
        }
    }

    private JsonObject redeem(String token, String use) {
        var form = Map.of("token", token, "action", "sign", "identifier", TestIssuer.ARTIFACT, "use_id", use);
        return ask("/redeem", form, true);
    }

    /** Asks again after a 503, as every client does. */
    private JsonObject ask(String path, Map<String, String> form, boolean server) {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            var response = send(path, form, server);
            if (response.status() != UNAVAILABLE) {
                return read(response.body());
            }
        }
        throw new AssertionError(path + " stays unavailable");
    }

    private HttpResponse send(String path, Map<String, String> form, boolean server) {
        var body = new StringBuilder();
        form.forEach((name, value) -> body.append(body.isEmpty() ? "" : "&")
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        var headers = new LinkedHashMap<String, List<String>>();
        headers.put("content-type", List.of("application/x-www-form-urlencoded"));
        if (server) {
            headers.put("authorization", List.of(TestIssuer.basic("signer", TestIssuer.SIGNER_SECRET)));
        }
        var bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        return edge.handle(new HttpRequest("POST", path, headers, bytes, Optional.empty()));
    }

    private static JsonObject read(byte[] body) {
        try {
            return body.length == 0 ? JsonObject.EMPTY : StrictJson.parseObject(body);
        } catch (MalformedJson malformed) {
            throw new AssertionError("an answer that is not JSON", malformed);
        }
    }

    @Override
    public void close() {
        house.close();
    }
}
