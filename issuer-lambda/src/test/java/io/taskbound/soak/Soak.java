// SPDX-License-Identifier: Apache-2.0
package io.taskbound.soak;

import io.taskbound.http.TestIssuer;
import io.taskbound.issuer.Sweep;
import io.taskbound.json.JsonObject;
import io.taskbound.ledger.DynamoLedger;
import io.taskbound.ledger.DynamoTable;
import io.taskbound.ledger.Ledger;
import io.taskbound.ledger.Sweeper;
import java.time.Clock;
import java.time.Duration;
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
 * Tokens by many threads over a ledger, a signer and a provider that fail, while sweepers run; the clocks of the
 * sweepers and of the issuer's instances differ. The time passes with the tokens. Of a hundred holders, five vanish.
 */
final class Soak implements AutoCloseable {
    private static final String TABLE = "taskbound";
    private static final int CLIENTS = 8;
    private static final int TOKENS_A_SECOND = 4;
    private static final int MOST_SWEEPS = 50;
    private static final int MOST_TRIES = 5;
    private static final Duration SKEW = Duration.ofSeconds(30);
    private static final Duration SWEEP_TIME = Duration.ofSeconds(50);
    private static final Duration PAUSE = Duration.ofMillis(5);
    private static final Duration SWEEP_EVERY = Duration.ofMinutes(1);
    private static final Duration OVER = Duration.ofMinutes(15);

    private final FaultyClient faulty;
    private final FaultySigner signer;
    private final TestIssuer house;
    private final ProviderOutages outages;
    private final Client client;
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
        this.signer = new FaultySigner(house.signer);
        this.outages = new ProviderOutages(house.provider, house.clock);
        var clocks = List.of(house.clock, Clock.offset(house.clock, SKEW), Clock.offset(house.clock, SKEW.negated()));
        this.client = new Client(
                new Instances(clocks, policy(), ledger, signer, lines::take), house.clock, outages::timePassed);
        this.sweeps = clocks.stream()
                .map(clock -> new Sweep(new Sweeper(table), lines::take, line -> {}, clock))
                .toList();
    }

    /** A lease that outlasts two clocks a minute apart, and a client that waits for the provider. */
    private String policy() {
        return TestIssuer.policyJson(house.provider.issuer()).replace("\"lease\":\"60s\"", "\"lease\":\"4m\"");
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

    /** Faults of the ledger and the signer. */
    int faults() {
        return faulty.faults() + signer.faults();
    }

    /** Writes that took place and of which nobody heard. */
    int lostWrites() {
        return faulty.lostWrites();
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
        for (int tries = 0; tries < MOST_SWEEPS; tries++) {
            if (sweep(sweeps.get(tries % sweeps.size())) == 0) {
                return;
            }
        }
    }

    private void live(int number) {
        try {
            if (minted.incrementAndGet() % TOKENS_A_SECOND == 0) {
                house.clock.advance(Duration.ofSeconds(1));
                outages.timePassed();
            }
            outages.reached(number);
            live(number, minted(number));
        } catch (RuntimeException | AssertionError fault) {
            wrongs.add("token " + number + ": " + fault);
        }
    }

    /** A token, and the ID token that brought it. */
    private record Minted(String token, String jti, String idToken) {}

    /**
     * With another ID token where one was used up: its answer was lost, and the clock of whoever was asked again is
     * ahead.
     */
    private Minted minted(int number) {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            var idToken = house.idToken("run_id", Integer.toString(1_000_000 + number));
            var answer = client.ask(
                    "/token", TestIssuer.signForm(idToken, UUID.randomUUID().toString()));
            var token = answer.string("access_token");
            if (token.isPresent()) {
                return new Minted(token.get(), answer.string("jti").orElseThrow(), idToken);
            }
        }
        throw new AssertionError("not minted");
    }

    private void live(int number, Minted mine) {
        var fate = fate(number);
        switch (fate) {
            case CLOSED -> client.ask("/revoke", Map.of("token", mine.token()));
            case CLOSED_WITH_RUN -> client.ask("/revoke", Map.of("subject_token", mine.idToken(), "handle", "run:*"));
            case SPENT -> {
                use(mine.token());
                client.ask("/revoke", Map.of("token", mine.token()));
            }
            case KILLED_AFTER_USE -> use(mine.token());
            case KILLED ->
                client.ask("/renew", Map.of("token", mine.token(), "holder_verifier", TestIssuer.HOLDER_VERIFIER));
        }
        holders.add(new Holder(mine.jti(), fate));
        if (fate != Holder.Fate.KILLED
                && redeem(mine.token(), "after").bool("active").orElse(true)) {
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
        return client.askAsServer(
                "/redeem", Map.of("token", token, "action", "sign", "identifier", TestIssuer.ARTIFACT, "use_id", use));
    }

    /** What went wrong on the way, and what nobody asked to end. */
    @Override
    public String toString() {
        return faulty.faults() + " faults of the ledger, " + faulty.lostWrites() + " writes unheard of, "
                + signer.faults() + " faults of the signer, " + outages.count() + " outages of the provider, "
                + swept + " ended by sweepers";
    }

    @Override
    public void close() {
        house.close();
    }
}
