// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.cli.Ran;
import io.taskbound.ledger.DynamoTable;
import io.taskbound.ledger.KeyStore;
import io.taskbound.ledger.LedgerTable;
import io.taskbound.local.HttpDynamo;
import io.taskbound.token.KeyRecord;
import io.taskbound.token.KeySchedule;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What needs no KMS: the list, and what is refused before KMS is asked. */
class KeysCommandTest {
    private static final AtomicInteger TABLES = new AtomicInteger();
    private static HttpDynamo dynamo;

    private final Instant now = Clock.systemUTC().instant();
    private final String table = "keys" + TABLES.incrementAndGet();
    private DynamoDbClient client;
    private KeyStore store;

    @BeforeAll
    static void start() {
        dynamo = HttpDynamo.start();
    }

    @AfterAll
    static void stop() {
        dynamo.close();
    }

    @BeforeEach
    void makeTable() {
        client = DynamoDbClient.builder()
                .endpointOverride(dynamo.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(dynamo.credentials())
                .build();
        LedgerTable.create(client, table);
        store = new KeyStore(new DynamoTable(client, table));
    }

    @AfterEach
    void close() {
        client.close();
    }

    private Ran keys(String... args) {
        var line = new ArrayList<>(List.of("keys"));
        line.addAll(List.of(args));
        line.addAll(
                List.of("--table", table, "--endpoint-url", dynamo.endpoint().toString()));
        return Ran.with(
                Map.of("AWS_ACCESS_KEY_ID", "local", "AWS_SECRET_ACCESS_KEY", "local"),
                "",
                line.toArray(String[]::new));
    }

    private static KeyRecord key(String letter, Instant sign) {
        return new KeyRecord(
                letter.repeat(43),
                new KeyRecord.KeyLocation.InKms("arn:aws:kms:eu-central-1:111122223333:key/" + letter),
                sign.minus(Duration.ofHours(24)),
                sign,
                Optional.empty(),
                "arn:aws:iam::111122223333:user/ann");
    }

    @Test
    void saysWhoSignsWhileTheTableKnowsNoKey() {
        var ran = keys("list");
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("This table has no key records yet");
        assertThat(keys("list", "--json").out()).contains("\"keys\":[]");
    }

    @Test
    void showsEveryPhaseAtItsTime() {
        store.write(
                store.read(),
                List.of(
                        key("A", now.minus(Duration.ofDays(3))),
                        key("B", now.minus(Duration.ofDays(2))),
                        key("C", now.minus(Duration.ofMinutes(30))),
                        key("D", now.plus(Duration.ofHours(1)))));
        var ran = keys("list", "--all");

        assertThat(ran.out().lines().filter(line -> !line.startsWith(" ")))
                .containsExactly(
                        "removed    " + "A".repeat(43),
                        "retiring   " + "B".repeat(43),
                        "signing    " + "C".repeat(43),
                        "published  " + "D".repeat(43));
        assertThat(keys("list").out()).doesNotContain("A".repeat(43)).contains("and 1 removed");
    }

    @Test
    void saysWhenTheOldKeyGoes() {
        var takeover = now.minus(Duration.ofMinutes(30)).truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
        store.write(store.read(), List.of(key("B", now.minus(Duration.ofDays(2))), key("C", takeover)));
        assertThat(keys("list").out())
                .contains(" until " + takeover + ", removed " + takeover.plus(KeySchedule.RETIREMENT));
    }

    @Test
    void warnsWhenNothingSigns() {
        store.write(store.read(), List.of(key("D", now.plus(Duration.ofHours(1)))));
        assertThat(keys("list").err()).contains("No key is signing now, so nothing is issued");
    }

    @Test
    void makesWhatItPrintsHarmless() {
        store.write(
                store.read(),
                List.of(new KeyRecord(
                        "A".repeat(43),
                        new KeyRecord.KeyLocation.InKms("arn:\u001b[2J\u009b"),
                        now,
                        now,
                        Optional.empty(),
                        "ann\nforged")));
        assertThat(keys("list").out()).doesNotContain("\u001b").contains("ann\ufffdforged");
        assertThat(keys("list", "--json").out()).matches("[ -~]+\\R").contains("ann\\nforged");
    }

    @Test
    void refusesATableWhoseItemsCannotBeRead() {
        client.putItem(put -> put.tableName(table)
                .item(Map.of("pk", AttributeValue.fromS("KEY"), "sk", AttributeValue.fromS("SIG#x"))));
        for (var command : List.of("list", "rotate")) {
            var ran = keys(command);
            assertThat(ran.code()).isEqualTo(1);
            assertThat(ran.err()).contains("cannot be read").doesNotContain("Unexpected");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        rotate                                        | the current signing key is unknown
        rotate --signer sealed                        | The KMS key that seals the signing keys is not known
        rotate --signer local                         | neither kms nor sealed
        rotate --signing-key two;words                | neither an ARN nor an alias
        rotate --publish-for soon                     | --publish-for is not a duration
        rotate --publish-for 100d                     | --publish-for is not a duration
        retire abc                                    | 43 characters
        """)
    void refusesWhatCannotWorkBeforeAnythingIsChanged(String line, String complaint) {
        var ran = keys(line.strip().split(" +"));
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains(complaint);
        assertThat(store.read().version()).isZero();
    }

    @ParameterizedTest(name = "whose id begins with {0}")
    @ValueSource(strings = {"Z", "-", "-h", "-V", "--", "--yes"})
    void refusesToRetireAKeyThatNobodyKnows(String begin) {
        store.write(store.read(), List.of(key("A", now.minus(Duration.ofDays(1)))));
        var ran = keys("retire", begin + "Z".repeat(43 - begin.length()), "--yes");
        assertThat(ran.code()).as(ran.err()).isEqualTo(1);
        assertThat(ran.err()).contains("no key has this id", "keys list");
    }
}
