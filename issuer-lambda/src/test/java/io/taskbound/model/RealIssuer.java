// SPDX-License-Identifier: Apache-2.0
package io.taskbound.model;

import io.taskbound.digest.Sha256;
import io.taskbound.http.HttpRequest;
import io.taskbound.http.IssuerEdge;
import io.taskbound.http.IssuerParts;
import io.taskbound.http.TestIssuer;
import io.taskbound.identity.FetchPolicy;
import io.taskbound.identity.HttpKeyFetcher;
import io.taskbound.issuer.CurrentPolicy;
import io.taskbound.json.JsonObject;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import io.taskbound.ledger.Cause;
import io.taskbound.ledger.Closure;
import io.taskbound.ledger.DenyEntry;
import io.taskbound.ledger.DenyListLine;
import io.taskbound.ledger.DenyStore;
import io.taskbound.ledger.DynamoLedger;
import io.taskbound.ledger.DynamoTable;
import io.taskbound.ledger.Ledger;
import io.taskbound.ledger.LedgerTable;
import io.taskbound.ledger.RunEnding;
import io.taskbound.ledger.Sweeper;
import io.taskbound.ledger.TokenRecord;
import io.taskbound.local.ClaimSet;
import io.taskbound.local.StandInProvider;
import io.taskbound.token.HolderVerifier;
import io.taskbound.token.Jti;
import io.taskbound.token.LocalSigner;
import io.taskbound.token.SignerUnavailable;
import io.taskbound.token.TaskSigner;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The issuer as it is, over DynamoDB Local, doing for one run what the model's verbs do. */
final class RealIssuer {
    static final Instant BEGIN = Instant.parse("2026-11-23T10:00:00.250Z");
    static final Duration TICK = Duration.ofSeconds(30);
    private static final int RUN_KEY_BYTES = 16;
    private static final Duration RETENTION = Duration.ofDays(30);
    private static final AtomicLong RUNS = new AtomicLong(7000);
    private static final String OTHER_VERIFIER = "w".repeat(43);
    private static final String OTHER_CHALLENGE =
            HolderVerifier.of(OTHER_VERIFIER).orElseThrow().challenge().value();
    private static final String TXN = "6f1f6c8e-55f5-4b3c-9d2e-0b1f5f0a7c11";
    private static final String OTHER_TXN = "6f1f6c8e-55f5-4b3c-9d2e-0b1f5f0a7c12";

    private final StandInProvider provider;
    private final LocalSigner signer;
    private final CurrentPolicy policy;
    private final DynamoTable table;
    private final Ledger ledger;
    private final Sweeper sweeper;
    private final AtomicInteger endedLines = new AtomicInteger();
    private final String run = Long.toString(RUNS.incrementAndGet());
    private final World start;
    private final String idToken;
    private volatile Optional<String> token = Optional.empty();
    private volatile Optional<Jti> jti = Optional.empty();
    private volatile Optional<String> denial = Optional.empty();
    private volatile int shard;

    /** What all runs have in common. */
    record House(StandInProvider provider, LocalSigner signer, DynamoDbClient client, DynamoDbClient wire) {
        static House over(DynamoDbClient client) {
            return new House(
                    StandInProvider.start(Clock.fixed(BEGIN, ZoneOffset.UTC)),
                    LocalSigner.generate(),
                    client,
                    Wire.over(client));
        }
    }

    RealIssuer(House house, World start) {
        this.provider = house.provider();
        this.signer = house.signer();
        this.policy = new CurrentPolicy(
                TestIssuer.compile(policy(provider.issuer())), new HttpKeyFetcher(FetchPolicy.WITH_LOOPBACK));
        LedgerTable.create(house.client(), tableName());
        this.table = new DynamoTable(house.wire(), tableName());
        this.sweeper = new Sweeper(table);
        this.ledger = new DynamoLedger(table, RETENTION);
        this.start = start;
        this.idToken = provider.idToken(claims(0, "90001"));
        ledger.denyList();
    }

    private static String policy(String issuer) {
        var task =
                "\"%s\":{\"description\":\"Sign one artifact\",\"permissions\":[{\"resource_server\":\"signer\",\"actions\":"
                        + "[\"sign\"],\"identifiers\":[\"artifact:${project}/**@sha256:{sha256}\"]}],\"max_lifetime\":\"10m\","
                        + "\"max_uses\":%d,%s\"allow\":[\"release\"]},";
        var json = TestIssuer.policyJson(issuer);
        return json.replace(
                "\"tasks\":{",
                "\"tasks\":{" + task.formatted("leased-once", 1, "\"lease\":\"60s\",")
                        + task.formatted("leased-twice", 2, "\"lease\":\"60s\",")
                        + task.formatted("once", 1, ""));
    }

    private String task() {
        if (!start.has(Cell.LEASE)) {
            return "once";
        }
        return start.get(Cell.LIMITED) == 1 ? "leased-once" : "leased-twice";
    }

    private ClaimSet claims(int tick, String job) {
        var clock = Clock.fixed(BEGIN.plus(TICK.multipliedBy(tick)), ZoneOffset.UTC);
        var claims = TestIssuer.githubClaims(provider, clock);
        claims.put("run_id", run);
        claims.put("check_run_id", job);
        return ClaimSet.of(claims);
    }

    /** Mints what the model's start has minted already. */
    void hold() {
        if (mint(Verb.MINT, 0) != Answer.GRANTED) {
            throw new AssertionError("not minted");
        }
    }

    Optional<Jti> jti() {
        return jti;
    }

    String runKey() {
        return Sha256.base64Url(provider.issuer() + "\n" + runText(), RUN_KEY_BYTES);
    }

    String runText() {
        return "2002/" + run + "/1";
    }

    /**
     * Does what the verb does.
     *
     * @param began the tick at which the request begins
     * @param skew how far the clock of the machine that serves it is ahead, in ticks
     */
    Answer does(Verb verb, int id, int began, int skew) {
        int now = began + skew;
        return switch (verb) {
            case MINT, MINT_UNSIGNED, MINT_WITHOUT_CHALLENGE, MINT_BY_COPY, MINT_UNPROVEN -> mint(verb, now);
            case LOOK -> look(now);
            case REDEEM -> redeem("use-" + id, now);
            case REDEEM_SHARED -> redeem("use-shared", now);
            case RENEW -> renew(TestIssuer.HOLDER_VERIFIER, now);
            case RENEW_BY_COPY -> renew(OTHER_VERIFIER, now);
            case CLOSE -> token.isEmpty() ? Answer.DONE : close(Map.of("token", token.get()), now);
            case CLOSE_JOB -> closeAll("90001", "*", began, now);
            case CLOSE_OTHER_JOB -> {
                closeAll("90002", "*", began, now);
                yield Answer.DONE;
            }
            case CLOSE_RUN -> closeAll("90001", "run:*", began, now);
            case DENY -> deny(now);
            case LIFT -> lift(now);
            case SWEEP -> sweep(now);
            case END_RUN -> endRun(now);
            case WITHDRAW -> throw new IllegalArgumentException(verb + " is not played");
        };
    }

    private Answer mint(Verb verb, int now) {
        var form = new LinkedHashMap<String, String>();
        form.put("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange");
        form.put("subject_token_type", "urn:ietf:params:oauth:token-type:id_token");
        form.put(
                "subject_token",
                verb == Verb.MINT_UNPROVEN ? idToken.substring(0, idToken.length() - 8) + "AAAAAAAA" : idToken);
        form.put("txn", verb == Verb.MINT_BY_COPY ? OTHER_TXN : TXN);
        if (verb != Verb.MINT_WITHOUT_CHALLENGE) {
            form.put("holder_challenge", verb == Verb.MINT_BY_COPY ? OTHER_CHALLENGE : TestIssuer.HOLDER_CHALLENGE);
        }
        form.put(
                "requested_expires_in",
                Long.toString(TICK.multipliedBy(start.get(Cell.LIFE)).toSeconds()));
        form.put(
                "authorization_details",
                "[{\"type\":\"task\",\"task\":\"" + task() + "\",\"identifier\":\"" + TestIssuer.ARTIFACT + "\"}]");
        var answer = post(edge(now, verb == Verb.MINT_UNSIGNED), "/token", form, false);
        if (answer.status() == 200) {
            jti = answer.body().string("jti").flatMap(Jti::parse);
            token = answer.body().string("access_token");
            return Answer.GRANTED;
        }
        return answer.status() == 503 ? Answer.AWAY : Answer.REFUSED;
    }

    private Answer look(int now) {
        if (jti.isEmpty()) {
            return Answer.INACTIVE;
        }
        return ledger.lookUp(jti.get()).alive(at(now)).isPresent() ? Answer.ACTIVE : Answer.INACTIVE;
    }

    private Answer redeem(String use, int now) {
        if (token.isEmpty()) {
            return Answer.INACTIVE;
        }
        var form = Map.of("token", token.get(), "action", "sign", "identifier", TestIssuer.ARTIFACT, "use_id", use);
        var answer = post(edge(now, false), "/redeem", form, true).body();
        if (answer.bool("active").orElse(false)) {
            return Answer.FIRST_USE;
        }
        return answer.string("reason").equals(Optional.of("repeat")) ? Answer.REPEATED_USE : Answer.REFUSED;
    }

    private Answer renew(String verifier, int now) {
        if (token.isEmpty()) {
            return Answer.INACTIVE;
        }
        var form = Map.of("token", token.get(), "holder_verifier", verifier);
        return post(edge(now, false), "/renew", form, false).status() == 200 ? Answer.RENEWED : Answer.REFUSED;
    }

    private Answer closeAll(String job, String handle, int began, int now) {
        return close(Map.of("subject_token", provider.idToken(claims(began, job)), "handle", handle), now);
    }

    private Answer close(Map<String, String> form, int now) {
        return post(edge(now, false), "/revoke", form, false).status() == 200 ? Answer.CLOSED : Answer.REFUSED;
    }

    /** As the verb of the hooks does when the provider says so. */
    private Answer endRun(int now) {
        var ending = new RunEnding(runKey(), Optional.empty(), Optional.empty(), at(now), true);
        ledger.end(ending, new Closure(at(now), Closure.HOOK, Cause.HOOK, Optional.empty())).closed().stream()
                .filter(token -> !token.endedByItsLastUse())
                .forEach(token -> saysEnded());
        return Answer.CLOSED;
    }

    private Answer deny(int now) {
        var entry = new DenyEntry(DenyEntry.Kind.RUN, runText(), Optional.empty(), at(now), "ada", Optional.empty());
        denial = Optional.of(new DenyStore(table, RETENTION).write(entry));
        return Answer.DONE;
    }

    /** The id of an entry that is being written is not known to its lifter; the list shows it. */
    private Answer lift(int now) {
        var store = new DenyStore(table, RETENTION);
        store.lift(denialId(), new DenyListLine.Lifting(at(now), "ada", "over"));
        return Answer.DONE;
    }

    private String denialId() {
        return denial.orElse("AAAAAAAAAAAAAAAA");
    }

    void knowsDenial(String id) {
        denial = Optional.of(id);
    }

    private Answer sweep(int now) {
        sweeper.sweep(shard, at(now), new Sweeper.Progress() {
            @Override
            public void ended(TokenRecord token) {
                saysEnded();
            }

            @Override
            public void rearmed() {}

            @Override
            public void unreadable() {
                throw new AssertionError("unreadable");
            }

            @Override
            public boolean goesOn(Instant reached) {
                return true;
            }
        });
        return Answer.DONE;
    }

    /** The dead say nothing. */
    private void saysEnded() {
        if (!Wire.isDead()) {
            endedLines.incrementAndGet();
        }
    }

    private void audited(String line) {
        if (line.contains("\"event\":\"ended\"")) {
            saysEnded();
        }
    }

    int endedLines() {
        return endedLines.get();
    }

    /** Every run has a table of its own, so that a sweeper finds no other's tokens. */
    String tableName() {
        return "run-" + run;
    }

    /** The part of the index in which the token is. */
    void isInShard(int number) {
        shard = number;
    }

    private static Instant at(int tick) {
        return BEGIN.plus(TICK.multipliedBy(tick));
    }

    private IssuerEdge edge(int now, boolean signerAway) {
        var clock = Clock.fixed(at(now), ZoneOffset.UTC);
        return new IssuerEdge(new IssuerParts(
                TestIssuer.ISSUER,
                policy,
                ledger,
                signerAway ? new Away(signer) : signer,
                Runnable::run,
                this::audited,
                line -> {},
                clock));
    }

    private static TestIssuer.Answer post(IssuerEdge edge, String path, Map<String, String> form, boolean server) {
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
        var response = edge.handle(new HttpRequest("POST", path, headers, bytes, Optional.empty()));
        return new TestIssuer.Answer(response.status(), read(response.body()), response.headers());
    }

    private static JsonObject read(byte[] body) {
        try {
            return body.length == 0 ? JsonObject.EMPTY : StrictJson.parseObject(body);
        } catch (MalformedJson malformed) {
            throw new AssertionError("an answer that is not JSON", malformed);
        }
    }

    /** A signer that does not answer. */
    private record Away(TaskSigner real) implements TaskSigner {
        @Override
        public String keyId() {
            return real.keyId();
        }

        @Override
        public byte[] sign(byte[] signingInput) throws SignerUnavailable {
            throw new SignerUnavailable("away");
        }

        @Override
        public JsonObject publicKeys() {
            return real.publicKeys();
        }
    }
}
