// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import static io.taskbound.ledger.SampleTokens.EXPIRES;
import static io.taskbound.ledger.SampleTokens.HOLDER;
import static io.taskbound.ledger.SampleTokens.NOW;
import static io.taskbound.ledger.SampleTokens.closure;
import static io.taskbound.ledger.SampleTokens.jti;
import static io.taskbound.ledger.SampleTokens.leased;
import static io.taskbound.ledger.SampleTokens.sample;
import static io.taskbound.ledger.SampleTokens.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskbound.local.EmbeddedDynamo;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

/** What lies in the table, seen past the ledger. */
class StoredItemTest {
    private static final Duration RETENTION = Duration.ofDays(30);
    private static EmbeddedDynamo dynamo;
    private static Ledger ledger;

    @BeforeAll
    static void start() {
        dynamo = EmbeddedDynamo.inMemory();
        LedgerTable.create(dynamo.client(), "taskbound");
        LedgerTable.create(dynamo.client(), "taskbound");
        ledger = new DynamoLedger(new DynamoTable(dynamo.client(), "taskbound"), RETENTION);
    }

    @AfterAll
    static void stop() {
        dynamo.close();
    }

    private static TokenRecord minted(TokenRecord token) {
        ledger.mint(token);
        return token;
    }

    private static Map<String, AttributeValue> stored(TokenRecord token) {
        return dynamo.client()
                .getItem(get -> get.tableName("taskbound").key(key(token)).consistentRead(true))
                .item();
    }

    private static Map<String, AttributeValue> key(TokenRecord token) {
        return Map.of(
                "pk", AttributeValue.fromS("R#" + token.jti().run()),
                "sk", AttributeValue.fromS("T#" + token.jti().proof()));
    }

    private static List<Map<String, AttributeValue>> indexed(String index, String attribute, AttributeValue value) {
        return dynamo.client()
                .query(query -> query.tableName("taskbound")
                        .indexName(index)
                        .keyConditionExpression("#a = :v")
                        .expressionAttributeNames(Map.of("#a", attribute))
                        .expressionAttributeValues(Map.of(":v", value)))
                .items();
    }

    @Test
    void aTypicalTokenOfAGitHubRunTakesAKilobyteAtMost() {
        var token = minted(leased(Duration.ofSeconds(60)));

        assertThat(size(stored(token))).isLessThanOrEqualTo(1024);
    }

    /** As the service counts: names and texts in bytes, two digits of a number to one, 3 and 1 for structure. */
    private static int size(Map<String, AttributeValue> item) {
        return item.entrySet().stream()
                .mapToInt(entry -> bytes(entry.getKey()) + size(entry.getValue()))
                .sum();
    }

    private static int size(AttributeValue value) {
        return switch (value.type()) {
            case S -> bytes(value.s());
            case N -> (value.n().replaceAll("^-|0+$", "").length() + 1) / 2 + 1;
            case L -> 3 + value.l().stream().mapToInt(each -> 1 + size(each)).sum();
            case M -> 3 + value.m().size() + size(value.m());
            default -> throw new AssertionError(value.type());
        };
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    @Test
    void isForgottenOnlyAfterTokenAndProofAreOverAndTheRetentionPassed() {
        var longToken = minted(token());
        var longProof =
                minted(sample(jti()).withProofExpires(EXPIRES.plusSeconds(3600)).record());

        assertThat(ttl(longToken)).isAfter(EXPIRES.plus(RETENTION));
        assertThat(ttl(longProof)).isAfter(EXPIRES.plusSeconds(3600).plus(RETENTION));
    }

    private static Instant ttl(TokenRecord token) {
        return Instant.ofEpochSecond(Long.parseLong(stored(token).get("ttl").n()));
    }

    @Test
    void theClosingOfARunOutlivesEveryProofFromBeforeIt() {
        var run = jti().run();
        ledger.closeAll(run, Optional.empty(), closure(NOW, Cause.RUN), NOW);
        var control = dynamo.client()
                .getItem(get -> get.tableName("taskbound")
                        .key(Map.of("pk", AttributeValue.fromS("R#" + run), "sk", AttributeValue.fromS("CTL"))));

        assertThat(Instant.ofEpochSecond(
                        Long.parseLong(control.item().get("ttl").n())))
                .isAfterOrEqualTo(NOW.plus(Duration.ofHours(24)).plus(RETENTION).minusSeconds(1));
    }

    @Test
    void nobodySweepsHere() {
        var ttl = dynamo.client().describeTimeToLive(describe -> describe.tableName("taskbound"));

        assertThat(ttl.timeToLiveDescription().timeToLiveStatus()).isEqualTo(TimeToLiveStatus.DISABLED);
    }

    @Test
    void theSweeperFindsATokenByItsFirstDeadlineUntilItIsClosed() {
        var token = minted(leased(Duration.ofSeconds(60)));
        var shard = stored(token).get("q");
        ledger.renew(token.jti(), HOLDER, NOW.plusSeconds(30));

        assertThat(stored(token).get("d").n())
                .isEqualTo(Long.toString(NOW.plusSeconds(60).toEpochMilli()));
        assertThat(indexed("sweep", "q", shard))
                .anyMatch(item -> item.get("sk").equals(key(token).get("sk")));

        ledger.close(token.jti(), closure(NOW, Cause.HOLDER));
        assertThat(indexed("sweep", "q", shard))
                .noneMatch(item -> item.get("sk").equals(key(token).get("sk")));
    }

    @Test
    void aListingFindsATokenByTaskAndDay() {
        var token = minted(token());

        assertThat(indexed("listing", "lk", AttributeValue.fromS("sign-release#2026-11-23")))
                .anyMatch(item -> item.get("sk").equals(key(token).get("sk")));
    }

    @Test
    void aRunThatHasEndedIsShutToTheNewestProof() {
        var token = sample(jti())
                .withProofIssued(NOW.plusSeconds(3600))
                .withLife(NOW.plusSeconds(3600), NOW.plusSeconds(4000))
                .record();
        dynamo.client()
                .putItem(put -> put.tableName("taskbound")
                        .item(Map.of(
                                "pk", AttributeValue.fromS("R#" + token.jti().run()),
                                "sk", AttributeValue.fromS("CTL"),
                                "en", AttributeValue.fromN("1"))));

        assertThat(ledger.blocks(token.jti().run()).isClosed(token)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"s", "k", "x", "ad", "u", "l", "n", "ph"})
    void anItemThatCannotBeReadIsAnOutageAndNotAnAbsence(String attribute) {
        var token = minted(token());
        var damaged = new HashMap<>(stored(token));
        damaged.remove(attribute);
        dynamo.client().putItem(put -> put.tableName("taskbound").item(damaged));
        assertThatThrownBy(() -> ledger.lookUp(token.jti()))
                .isInstanceOf(LedgerUnavailable.class)
                .hasMessageNotContaining("acme");

        damaged.put(attribute, AttributeValue.fromBool(true));
        dynamo.client().putItem(put -> put.tableName("taskbound").item(damaged));
        assertThatThrownBy(() -> ledger.lookUp(token.jti())).isInstanceOf(LedgerUnavailable.class);
    }

    @Test
    void anItemThatContradictsItselfIsAnOutage() {
        var token = minted(token());
        var damaged = new HashMap<>(stored(token));
        damaged.put("l", AttributeValue.fromL(List.of(AttributeValue.fromN("7"))));
        dynamo.client().putItem(put -> put.tableName("taskbound").item(damaged));

        assertThatThrownBy(() -> ledger.find(token.jti())).isInstanceOf(LedgerUnavailable.class);
    }
}
