// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.http.TestIssuer;
import io.taskbound.http.TestIssuer.Answer;
import io.taskbound.ledger.DenyEntry;
import io.taskbound.ledger.DynamoLedger;
import io.taskbound.ledger.DynamoTable;
import io.taskbound.ledger.InMemoryLedger;
import io.taskbound.ledger.LedgerTable;
import io.taskbound.ledger.Liveness;
import io.taskbound.local.EmbeddedDynamo;
import io.taskbound.token.Jti;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What a task's budget does to a mint; that it holds under every race is the ledger's to prove. */
class MintBudgetTest {
    private final InMemoryLedger ledger = new InMemoryLedger();
    private final TestIssuer issuer = new TestIssuer(ledger);

    @AfterEach
    void stop() {
        issuer.close();
    }

    private static Map<String, String> promote(String proof) {
        return TestIssuer.promoteForm(proof);
    }

    private static Map<String, String> announce(String proof) {
        return TestIssuer.form(
                proof,
                UUID.randomUUID().toString(),
                "[{\"type\":\"task\",\"task\":\"announce\",\"identifier\":\"channel:news\"}]");
    }

    private String proofOfRun(String run) {
        return issuer.idToken("run_id", run);
    }

    private static void assertRefused(Answer answer, String words) {
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("error")).isEqualTo("access_denied");
        assertThat(answer.text("error_description")).contains(words);
        assertThat(answer.text("request_id")).isNotEmpty();
    }

    @Test
    void aTaskHasNoMoreLiveTokensThanItsBudget() {
        var first = issuer.token(promote(proofOfRun("1")));
        assertThat(first.status()).isEqualTo(200);
        assertThat(issuer.token(promote(proofOfRun("2"))).status()).isEqualTo(200);
        var waiting = promote(proofOfRun("3"));

        assertRefused(issuer.token(waiting), "wait until one of them is closed");
        assertThat(issuer.lastAudit()).contains("\"result\":\"refused\"", "\"reason\":\"too_many_live\"");

        issuer.revoke(Map.of("token", first.accessToken()));

        assertThat(issuer.token(waiting).status())
                .as("the same proof: a refused budget has not used it up")
                .isEqualTo(200);
    }

    @Test
    void aRunHasNoMoreLiveTokensThanItsBudget() {
        assertThat(issuer.token(promote(proofOfRun("1"))).status()).isEqualTo(200);

        assertRefused(issuer.token(promote(issuer.idToken("run_id", "1"))), "this run has as many live tokens");
        assertThat(issuer.lastAudit()).contains("\"reason\":\"too_many_live_in_run\"");
    }

    @Test
    void aRunGetsOneTokenAndThatOneAgainWhenItsAnswerWasLost() {
        var form = announce(proofOfRun("1"));
        var first = issuer.token(form);
        var again = issuer.token(form);

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.text("jti")).isEqualTo(first.text("jti"));

        issuer.revoke(Map.of("token", first.accessToken()));
        issuer.clock.advance(Duration.ofSeconds(40));

        assertRefused(issuer.token(announce(proofOfRun("1"))), "start a new run, or ask the policy owner");
        assertThat(issuer.lastAudit()).contains("\"reason\":\"once_per_run\"");
        assertThat(issuer.token(announce(proofOfRun("2"))).status()).isEqualTo(200);
    }

    private void denyForAMinute() {
        var now = issuer.clock.instant();
        var until = now.plus(Duration.ofMinutes(1));
        ledger.deny(new DenyEntry(DenyEntry.Kind.TASK, "announce", Optional.of(until), now, "ada", Optional.empty()));
    }

    /** Its record is written before the deny list is read, and closed again: nobody ever held its token. */
    @Test
    void aTokenThatWasDeniedWhileItWasMintedDoesNotUseUpTheRun() {
        denyForAMinute();
        assertThat(issuer.token(announce(proofOfRun("1"))).text("error")).isEqualTo("invalid_authorization_details");

        issuer.clock.advance(Duration.ofMinutes(1));

        assertThat(issuer.token(announce(proofOfRun("1"))).status()).isEqualTo(200);
    }

    /** The repeat is refused and the token closed, but the first answer may have arrived. */
    @Test
    void aTokenThatWasDeniedAfterItWasGivenUsesUpTheRun() {
        var form = announce(proofOfRun("1"));
        assertThat(issuer.token(form).status()).isEqualTo(200);
        denyForAMinute();
        assertThat(issuer.token(form).status()).isEqualTo(400);

        issuer.clock.advance(Duration.ofMinutes(1));

        assertRefused(issuer.token(announce(proofOfRun("1"))), "this run has had its one token");
    }

    @Test
    void aDryRunTellsAndClaimsNothing() {
        var asked = promote(proofOfRun("1"));
        asked.put("dry_run", "true");
        assertThat(issuer.token(asked).body().bool("would_grant")).contains(true);
        assertThat(issuer.token(asked).body().bool("would_grant")).contains(true);
        assertThat(issuer.token(promote(proofOfRun("2"))).status()).isEqualTo(200);
        assertThat(issuer.token(promote(proofOfRun("3"))).status()).isEqualTo(200);

        assertRefused(issuer.token(asked), "as many tokens of this task are alive");
        assertThat(issuer.lastAudit()).contains("\"event\":\"dry_run\"", "\"reason\":\"too_many_live\"");
    }

    @Test
    void aReplayIsStillAReplay() {
        var proof = proofOfRun("1");
        assertThat(issuer.token(announce(proof)).status()).isEqualTo(200);

        assertThat(issuer.token(announce(proof)).text("error")).isEqualTo("invalid_request");
        assertThat(issuer.lastAudit()).contains("\"reason\":\"replayed\"");
    }

    /** Between claim and record its slot goes to another token, as after a pause of half a minute. */
    @Test
    void whoLostItsPlaceMeanwhileGetsNoTokenAndIsClosed() {
        try (var dynamo = EmbeddedDynamo.inMemory()) {
            LedgerTable.create(dynamo.client(), "taskbound");
            var ledger = new DynamoLedger(new DynamoTable(losing(dynamo.client()), "taskbound"), Duration.ofDays(30));
            try (var other = new TestIssuer(ledger)) {
                assertRefused(other.token(promote(other.idToken())), "as many tokens of this task are alive");
                assertThat(other.lastAudit()).contains("\"reason\":\"too_many_live\"");

                var jti = other.audit.stream()
                        .flatMap(line -> Pattern.compile("\"jti\":\"([^\"]+)\"")
                                .matcher(line)
                                .results())
                        .map(found -> Jti.parse(found.group(1)).orElseThrow())
                        .findFirst()
                        .orElseThrow();
                assertThat(ledger.find(jti).orElseThrow().livenessAt(other.clock.instant()))
                        .isEqualTo(Liveness.CLOSED);
            }
        }
    }

    private static DynamoDbClient losing(DynamoDbClient client) {
        return (DynamoDbClient) Proxy.newProxyInstance(
                DynamoDbClient.class.getClassLoader(),
                new Class<?>[] {DynamoDbClient.class},
                (proxy, method, given) -> {
                    if (method.getName().equals("putItem")) {
                        takeSlots(client);
                    }
                    return method.invoke(client, given);
                });
    }

    private static void takeSlots(DynamoDbClient client) {
        var slots = client.query(query -> query.tableName("taskbound")
                .keyConditionExpression("pk = :pk")
                .expressionAttributeValues(Map.of(":pk", AttributeValue.fromS("L#promote"))));
        for (var slot : slots.items()) {
            client.updateItem(update -> update.tableName("taskbound")
                    .key(Map.of("pk", slot.get("pk"), "sk", slot.get("sk")))
                    .updateExpression("SET ho = :another")
                    .expressionAttributeValues(
                            Map.of(":another", AttributeValue.fromS("a".repeat(22) + "." + "b".repeat(32)))));
        }
    }
}
