// SPDX-License-Identifier: Apache-2.0
package io.taskbound.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.dpop.StepKey;
import io.taskbound.http.HttpRequest;
import io.taskbound.http.IssuerEdge;
import io.taskbound.http.IssuerParts;
import io.taskbound.http.TestIssuer;
import io.taskbound.json.JsonObject;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import io.taskbound.ledger.DynamoLedger;
import io.taskbound.ledger.DynamoTable;
import io.taskbound.ledger.Ledger;
import io.taskbound.ledger.LedgerTable;
import io.taskbound.local.EmbeddedDynamo;
import io.taskbound.token.Jti;
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
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * One proof of a key comes twice, side by side: whatever the order in which the requests of the two reach DynamoDB
 * Local, whichever answer is lost and wherever one of the issuers dies, the proof is good for one use.
 */
class ProofOrdersTest {
    private static final String TABLE = "taskbound";
    private static final String URL = "https://signer.acme.example/sign";
    private static final long SLOT = 300;
    /** The last moment of a slot of nonces. */
    private static final Instant END_OF_SLOT = Instant.parse("2026-11-23T10:04:59.900Z");

    private static final StepKey KEY = StepKey.create();

    private static EmbeddedDynamo dynamo;
    private static DynamoDbClient wire;
    private static TestIssuer house;

    @BeforeAll
    static void start() {
        dynamo = EmbeddedDynamo.inMemory();
        wire = Wire.over(dynamo.client());
        LedgerTable.create(dynamo.client(), TABLE);
        house = TestIssuer.withPolicy(ledger(), ProofOrdersTest::policy);
        house.clock.advance(Duration.between(house.clock.instant(), END_OF_SLOT));
    }

    @AfterAll
    static void stop() {
        house.close();
        dynamo.close();
    }

    /** Proofs are required, so that nonces are looked up; and the token itself would allow both uses. */
    private static String policy(String provider) {
        return TestIssuer.policyJson(provider)
                .replace(
                        "\"signer\":{\"audience\":\"" + TestIssuer.SIGNER + "\",",
                        "\"signer\":{\"audience\":\"" + TestIssuer.SIGNER + "\",\"proof\":\"required\",")
                .replace("\"max_uses\":1,\"lease\":\"60s\"", "\"max_uses\":2");
    }

    private static Ledger ledger() {
        return new DynamoLedger(new DynamoTable(wire, TABLE), Duration.ofDays(30));
    }

    /** One that has seen the present slot's nonce before. */
    private static IssuerEdge issuer() {
        var ledger = ledger();
        ledger.keyProofs().nonces(END_OF_SLOT);
        return issuer(ledger, END_OF_SLOT);
    }

    private static IssuerEdge issuer(Ledger ledger, Instant now) {
        return new IssuerEdge(new IssuerParts(
                TestIssuer.ISSUER,
                house.policy,
                ledger,
                house.signer,
                Runnable::run,
                line -> {},
                line -> {},
                Clock.fixed(now, ZoneOffset.UTC)));
    }

    @Test
    void oneProofForTwoUsesIsGoodForOne() {
        var first = issuer();
        var second = issuer();
        var orders = new Orders(true);
        do {
            var proven = Proven.mint();
            var answers = orders.play(() -> proven.redeem(first, "a"), () -> proven.redeem(second, "b"));
            if (answers.get(0) == Answer.DIED) {
                // Its caller asks again, with the same proof and the same id of the use, which may be counted already.
                var again = proven.redeem(first, "a");
                answers.set(0, again == Answer.REPEATED_USE ? Answer.FIRST_USE : again);
            }
            assertThat(answers).as(orders.toString()).containsExactlyInAnyOrder(Answer.FIRST_USE, Answer.REFUSED);
            assertThat(proven.uses()).as(orders.toString()).isOne();
        } while (orders.hasNext());
        assertThat(orders.played()).isGreaterThan(60);
    }

    @Test
    void theSameUseAskedForTwiceIsCountedOnce() {
        var first = issuer();
        var second = issuer();
        var orders = new Orders(false);
        do {
            var proven = Proven.mint();
            var answers = orders.play(() -> proven.redeem(first, "a"), () -> proven.redeem(second, "a"));
            assertThat(answers).as(orders.toString()).containsExactlyInAnyOrder(Answer.FIRST_USE, Answer.REPEATED_USE);
            assertThat(proven.uses()).as(orders.toString()).isOne();
        } while (orders.hasNext());
        assertThat(orders.played()).isGreaterThan(10);
    }

    /**
     * Two issuers, whose clocks are on two sides of the border of a slot; the second must make the new slot's nonce.
     */
    @Test
    void aProofThatIsYoungInTwoSlotsIsGoodForOneUseToo() {
        var later = END_OF_SLOT.plusSeconds(1);
        var first = issuer();
        var orders = new Orders(false);
        do {
            forgetNonceOf(later);
            var second = issuer(ledger(), later);
            var proven = Proven.mint();
            var answers = orders.play(() -> proven.redeem(first, "a"), () -> proven.redeem(second, "b"));
            assertThat(answers).as(orders.toString()).containsExactlyInAnyOrder(Answer.FIRST_USE, Answer.REFUSED);
            assertThat(proven.uses()).as(orders.toString()).isOne();
        } while (orders.hasNext());
        assertThat(orders.played()).isGreaterThan(10);
    }

    private static void forgetNonceOf(Instant time) {
        var key = AttributeValue.fromS("N#" + time.getEpochSecond() / SLOT);
        dynamo.client()
                .deleteItem(
                        delete -> delete.tableName(TABLE).key(Map.of("pk", key, "sk", AttributeValue.fromS("DPOP"))));
    }

    /** A token, and the one proof for its use that there is. */
    private record Proven(String token, Jti handle, String proof) {
        static Proven mint() {
            var offered = KEY.proof(TestIssuer.ISSUER + "/token", END_OF_SLOT, Map.of());
            var form = TestIssuer.signForm(house.idToken(), UUID.randomUUID().toString());
            var granted = post(house.edge, "/token", form, Map.of("dpop", List.of(offered)));
            var token = granted.accessToken();
            var nonce = granted.headers().get("DPoP-Nonce");
            return new Proven(
                    token,
                    Jti.parse(granted.text("jti")).orElseThrow(),
                    KEY.proof(URL, END_OF_SLOT, Map.of("ath", StepKey.hashOf(token), "nonce", nonce)));
        }

        Answer redeem(IssuerEdge issuer, String use) {
            var form = new LinkedHashMap<String, String>();
            form.put("token", token);
            form.put("action", "sign");
            form.put("identifier", TestIssuer.ARTIFACT);
            form.put("use_id", use);
            form.put("dpop", proof);
            form.put("htm", "POST");
            form.put("htu", URL);
            var credentials = List.of(TestIssuer.basic("signer", TestIssuer.SIGNER_SECRET));
            var answer = post(issuer, "/redeem", form, Map.of("authorization", credentials))
                    .body();
            if (answer.bool("active").orElse(false)) {
                return Answer.FIRST_USE;
            }
            var reason = answer.string("reason").orElse("");
            assertThat(reason).isIn("repeat", "invalid_dpop_proof");
            return reason.equals("repeat") ? Answer.REPEATED_USE : Answer.REFUSED;
        }

        /** How many uses the ledger has counted. */
        long uses() {
            return house.ledger.find(handle).orElseThrow().uses().count();
        }
    }

    private static TestIssuer.Answer post(
            IssuerEdge edge, String path, Map<String, String> form, Map<String, List<String>> more) {
        var headers = new LinkedHashMap<>(more);
        headers.put("content-type", List.of("application/x-www-form-urlencoded"));
        var body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        var response = edge.handle(
                new HttpRequest("POST", path, headers, body.getBytes(StandardCharsets.UTF_8), Optional.empty()));
        return new TestIssuer.Answer(response.status(), read(response.body()), response.headers());
    }

    private static JsonObject read(byte[] body) {
        try {
            return StrictJson.parseObject(body);
        } catch (MalformedJson malformed) {
            throw new AssertionError(malformed);
        }
    }
}
