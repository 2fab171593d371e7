// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.cli.Ran;
import io.taskbound.cli.cloud.OneAccount;
import io.taskbound.json.JsonObject;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import io.taskbound.ledger.DynamoTable;
import io.taskbound.ledger.KeyStore;
import io.taskbound.local.AwsServer;
import io.taskbound.local.OnAwsServer;
import io.taskbound.token.KeyRecord;
import io.taskbound.token.KmsSigner;
import io.taskbound.token.SealedKeys;
import io.taskbound.token.SignerUnavailable;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;

/** The key commands with both signers, on KMS, STS and DynamoDB that somebody else wrote. */
@ExtendWith(OnAwsServer.class)
class KeysOnAwsServerIT {
    private static OneAccount account;
    private static String deployed = "";
    private static String seal = "";
    private String table = "";

    @BeforeAll
    static void open(AwsServer server) {
        account = new OneAccount(server);
        deployed = account.signingKey();
        seal = account.sealingKey();
    }

    @AfterAll
    static void close() {
        account.close();
    }

    @BeforeEach
    void createTable(TestInfo test) {
        table = test.getTestMethod().orElseThrow().getName();
        account.createTable(table);
    }

    private Ran keys(String... args) {
        return account.run(
                table, Stream.concat(Stream.of("keys"), Stream.of(args)).toArray(String[]::new));
    }

    private Ran rotate(String... more) {
        return keys(Stream.concat(Stream.of("rotate", "--signing-key", deployed), Stream.of(more))
                .toArray(String[]::new));
    }

    private List<JsonObject> listed() throws MalformedJson {
        var json = keys("list", "--json").out().strip().getBytes(StandardCharsets.UTF_8);
        return StrictJson.parseObject(json).array("keys").orElseThrow().items().stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    private static String kid(JsonObject key) {
        return key.string("kid").orElseThrow();
    }

    @Test
    void theFirstRotationWritesDownTheDeployedKeyAndPublishesTheNext() throws Exception {
        var ran = rotate();

        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("signing    ", "published  ", "signs from ", "Issuers follow within 60 s");
        var keys = listed();
        assertThat(keys).hasSize(2);
        assertThat(keys.get(0).string("phase")).contains("signing");
        assertThat(keys.get(0).string("kms_key")).contains(deployed);
        assertThat(kid(keys.get(0)))
                .isEqualTo(KmsSigner.open(account.kms(), deployed).keyId());
        assertThat(keys.get(1).string("phase")).contains("published");
        assertThat(keys.get(1).string("by").orElseThrow()).startsWith("arn:aws:");
        var published = Instant.parse(keys.get(1).string("published_from").orElseThrow());
        var signs = Instant.parse(keys.get(1).string("signs_from").orElseThrow());
        assertThat(Duration.between(published, signs)).isEqualTo(Duration.ofHours(24));
        assertThat(keys.get(0).string("signs_until")).contains(signs.toString());
        assertThat(keys.get(0).string("removed_at"))
                .contains(signs.plus(Duration.ofMinutes(75)).toString());
    }

    @Test
    void aSecondRotationWaitsForTheFirst() {
        rotate();
        var ran = rotate();
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("No key was created: the key of the last rotation does not sign before");
    }

    @Test
    void refusesAKeyThatCachesWouldNotKnow() throws MalformedJson {
        var ran = rotate("--publish-for", "9m");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("must be published for 10 min", "Publish it for longer.");
        assertThat(listed()).isEmpty();
    }

    @Test
    void retiringTheSigningKeyMakesOneThatSignsAtOnce() throws Exception {
        rotate();
        var old = kid(listed().get(0));
        var asked = keys("retire", old);
        assertThat(asked.code()).isEqualTo(1);
        assertThat(asked.out()).contains("It is signing now. Every token it has signed dies with it");
        assertThat(asked.err()).contains("Not confirmed");

        var ran = keys("retire", old, "--yes");
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("Taken out", "disable it");
        assertThat(listed())
                .filteredOn(key -> key.string("phase").orElseThrow().equals("signing"))
                .hasSize(1)
                .noneMatch(key -> kid(key).equals(old));
        assertThat(keys("list").out()).doesNotContain(old).contains("1 removed");
        assertThat(keys("list", "--all").out()).contains(old, "taken out", "costs until you delete it");
        assertThat(keys("retire", old, "--yes").out()).contains("It has already been removed");
    }

    @Test
    void takingBackAKeyThatDoesNotSignYetBreaksNothing() throws Exception {
        rotate();
        var coming = kid(listed().get(1));
        var ran = keys("retire", coming, "--yes");

        assertThat(ran.out()).contains("It has not signed anything yet, so nothing breaks");
        assertThat(listed().get(0).string("phase")).contains("signing");
        assertThat(rotate().code()).as("another may be made at once").isZero();
    }

    @Test
    void theDeployedKeyCanBeRetiredBeforeAnyRotation() throws Exception {
        var id = KmsSigner.open(account.kms(), deployed).keyId();
        var ran = keys("retire", id, "--signing-key", deployed, "--yes");

        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("It is signing now");
        assertThat(new KeyStore(new DynamoTable(account.dynamo(), table))
                        .schedule()
                        .signing(Clock.systemUTC().instant()))
                .isPresent()
                .get()
                .extracting(KeyRecord::keyId)
                .isNotEqualTo(id);
    }

    @Test
    void aSealedIssuersFirstKeySignsAtOnceAndOpensWithItsTableAlone() throws Exception {
        var ran = keys("rotate", "--signer", "sealed", "--signing-key", seal);

        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("signing    ", "sealed; made by arn:aws:");
        var record = new KeyStore(new DynamoTable(account.dynamo(), table))
                .schedule()
                .keys()
                .get(0);
        var secret = ((KeyRecord.KeyLocation.Sealed) record.kept()).secret();
        assertThat(new SealedKeys(account.kms(), seal, table)
                        .open(secret, record.keyId())
                        .keyId())
                .isEqualTo(record.keyId());
        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> new SealedKeys(account.kms(), seal, "another-table").open(secret, record.keyId()))
                .isInstanceOf(SignerUnavailable.class);
        assertThat(ran.out() + keys("list", "--json").out()).doesNotContain(secret);
    }

    @Test
    void aKindThatTheIssuerCannotOpenIsRefused() throws MalformedJson {
        keys("rotate", "--signer", "sealed", "--signing-key", seal);
        var ran = keys("rotate", "--signer", "kms", "--signing-key", deployed);
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("The table's keys are of the kind sealed");
        assertThat(listed()).hasSize(1);

        var next = keys("rotate", "--signing-key", seal);
        assertThat(next.code()).as("the table says the kind").isZero();
        assertThat(listed()).allMatch(key -> key.string("signer").orElseThrow().equals("sealed"));
    }

    @Test
    void aKeyThatKmsDoesNotHaveChangesNothing() throws MalformedJson {
        var ran = keys("rotate", "--signing-key", "alias/absent");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("The keys were not changed").doesNotContain("Unexpected");
        assertThat(listed()).isEmpty();
    }
}
