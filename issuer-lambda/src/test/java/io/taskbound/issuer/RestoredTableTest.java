// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import static io.taskbound.http.TestIssuer.ARTIFACT;
import static io.taskbound.http.TestIssuer.SIGNER_SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.http.TestIssuer;
import io.taskbound.ledger.DynamoLedger;
import io.taskbound.ledger.DynamoTable;
import io.taskbound.ledger.LedgerTable;
import io.taskbound.local.EmbeddedDynamo;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What a restore of the table to an earlier time does, as docs/operations.md tells it, and what its procedure does
 * about it.
 */
class RestoredTableTest {
    private static final String TABLE = "restored";

    private final EmbeddedDynamo database = EmbeddedDynamo.inMemory();
    private TestIssuer issuer;

    @BeforeEach
    void start() {
        LedgerTable.create(database.client(), TABLE);
        issuer = new TestIssuer(ledger());
    }

    @AfterEach
    void stop() {
        issuer.close();
        database.close();
    }

    private DynamoLedger ledger() {
        return new DynamoLedger(new DynamoTable(database.client(), TABLE), Duration.ofDays(30));
    }

    private List<Map<String, AttributeValue>> copy() {
        return database.client().scan(scan -> scan.tableName(TABLE)).items();
    }

    private void restore(List<Map<String, AttributeValue>> earlier) {
        var client = database.client();
        copy().forEach(item -> client.deleteItem(
                gone -> gone.tableName(TABLE).key(Map.of("pk", item.get("pk"), "sk", item.get("sk")))));
        earlier.forEach(item -> client.putItem(put -> put.tableName(TABLE).item(item)));
    }

    /** As `tokens revoke` writes it, by docs/ledger.md. */
    private void deny(String kind, String value, long version) {
        var client = database.client();
        var at = Long.toString(issuer.clock.instant().toEpochMilli());
        client.putItem(put -> put.tableName(TABLE)
                .item(Map.of(
                        "pk", text("DENY"),
                        "sk", text("E#" + value),
                        "dk", text(kind),
                        "dv", text(value),
                        "da", AttributeValue.fromN(at),
                        "db", text("ada"))));
        client.putItem(put -> put.tableName(TABLE)
                .item(Map.of(
                        "pk", text("DENY"),
                        "sk", text("HEAD"),
                        "v", AttributeValue.fromN(Long.toString(version)))));
    }

    private static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }

    private String deploy() {
        return issuer.token(TestIssuer.deployForm(issuer.idToken())).accessToken();
    }

    private boolean isAlive(String token) {
        return issuer.introspect(token, "deployer", SIGNER_SECRET).active();
    }

    @Test
    void aTokenThatWasClosedSinceIsAliveAgainUntilItsExpiry() {
        var token = deploy();
        var then = copy();
        issuer.revoke(Map.of("token", token));
        assertThat(isAlive(token)).isFalse();

        restore(then);

        assertThat(isAlive(token)).isTrue();
        issuer.clock.advance(Duration.ofHours(1));
        assertThat(isAlive(token)).isFalse();
    }

    @Test
    void aLeaseThatRanOutMeanwhileIsNotGivenBack() {
        var token = issuer.mintSign().accessToken();
        var then = copy();
        issuer.clock.advance(Duration.ofSeconds(50));
        assertThat(issuer.renew(token).status()).isEqualTo(200);
        issuer.clock.advance(Duration.ofSeconds(15));

        restore(then);

        assertThat(issuer.renew(token).text("error")).isEqualTo("invalid_grant");
    }

    @Test
    void aUseThatWasCountedSinceIsGivenBack() {
        var token = issuer.mintSign().accessToken();
        var then = copy();
        assertThat(issuer.redeem(token, "sign", ARTIFACT, "a").active()).isTrue();
        assertThat(issuer.redeem(token, "sign", ARTIFACT, "b").active()).isFalse();

        restore(then);

        assertThat(issuer.redeem(token, "sign", ARTIFACT, "b").active()).isTrue();
    }

    @Test
    void anIdTokenThatWasExchangedSinceIsTakenAgainUntilItIsTooOld() {
        var idToken = issuer.idToken();
        var then = copy();
        assertThat(exchange(idToken)).isEqualTo(200);
        assertThat(exchange(idToken)).isEqualTo(400);

        restore(then);
        assertThat(exchange(idToken)).isEqualTo(200);

        restore(then);
        issuer.clock.advance(Duration.ofMinutes(6));
        assertThat(exchange(idToken)).isEqualTo(400);
    }

    private int exchange(String idToken) {
        return issuer.token(TestIssuer.signForm(idToken, UUID.randomUUID().toString()))
                .status();
    }

    @Test
    void aRunThatWasClosedSinceMayMintAgain() {
        var then = copy();
        issuer.revoke(Map.of("subject_token", issuer.idToken(), "handle", "run:*"));
        assertThat(issuer.token(TestIssuer.deployForm(issuer.idToken())).status())
                .isEqualTo(400);

        restore(then);

        assertThat(isAlive(deploy())).isTrue();
    }

    @Test
    void aTokenThatWasIssuedSinceIsDeadAndLooksLikeATheft() {
        var then = copy();
        var token = deploy();

        restore(then);

        assertThat(isAlive(token)).isFalse();
        assertThat(issuer.lastAudit()).contains("signed-but-unknown");
    }

    @Test
    void whatWasDeniedSinceIsForgotten() {
        var token = deploy();
        var then = copy();
        deny("TASK", "deploy", 1);
        assertThat(isAlive(token)).isFalse();

        restore(then);

        assertThat(isAlive(token)).isTrue();
    }

    @Test
    void denyingWhatWasIssuedBeforeEndsAllThatCameAliveAndNothingNew() {
        var token = deploy();
        var then = copy();
        issuer.revoke(Map.of("token", token));
        restore(then);
        issuer.clock.advance(Duration.ofSeconds(1));

        deny("ISSUED_BEFORE", issuer.clock.instant().toString(), 1);

        assertThat(isAlive(token)).isFalse();
        assertThat(isAlive(deploy())).isTrue();
    }

    @Test
    void denyingWhatWasIssuedBeforeDoesNotKeepAUsedIdTokenOut() {
        var idToken = issuer.idToken();
        var then = copy();
        assertThat(exchange(idToken)).isEqualTo(200);
        restore(then);

        deny("ISSUED_BEFORE", issuer.clock.instant().toString(), 1);

        assertThat(exchange(idToken)).isEqualTo(200);
    }

    /** So the procedure replaces every instance. */
    @Test
    void anInstanceOfBeforeTakesAnotherListOfTheSameNumberForTheOneItKnows() {
        var then = copy();
        deny("TASK", "other", 1);
        var token = deploy();
        assertThat(isAlive(token)).isTrue();
        var record = copy();

        restore(then);
        record.stream()
                .filter(item -> item.get("pk").s().startsWith("R#"))
                .forEach(item ->
                        database.client().putItem(put -> put.tableName(TABLE).item(item)));
        deny("TASK", "deploy", 1);

        assertThat(isAlive(token)).isTrue();
        var run = record.stream()
                .filter(item -> item.get("pk").s().startsWith("R#"))
                .findFirst()
                .orElseThrow()
                .get("pk")
                .s()
                .substring(2);
        assertThat(ledger().blocks(run).denyList().entries())
                .singleElement()
                .matches(entry -> entry.value().equals("deploy"));
    }
}
