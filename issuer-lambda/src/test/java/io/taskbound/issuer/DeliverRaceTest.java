// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.credential.CredentialServices;
import io.taskbound.credential.Envelope;
import io.taskbound.credential.GithubAccess;
import io.taskbound.http.TestIssuer;
import io.taskbound.http.TestIssuer.Answer;
import io.taskbound.ledger.DynamoLedger;
import io.taskbound.ledger.DynamoTable;
import io.taskbound.ledger.Ledger;
import io.taskbound.ledger.LedgerTable;
import io.taskbound.local.EmbeddedDynamo;
import io.taskbound.token.LocalDataKeys;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Deliveries that really race, at the database itself: with a close of their token, and with each other. */
class DeliverRaceTest {
    private static final int ROUNDS = 200;

    private final ScriptedService<GithubAccess> github = new ScriptedService<>(true);

    /** At once: by the close, or by the delivery that finds the token closed. No sweep comes. */
    @Test
    void whateverRacesACloseIsRevoked() throws Exception {
        play(
                (issuer, granted) -> List.of(
                        () -> issuer.credential(granted),
                        () -> issuer.revoke(Map.of("token", granted.accessToken())),
                        () -> issuer.credential(granted)),
                0);
        assertThat(github.made).isNotEmpty();
    }

    @Test
    void ofManyDeliveriesAtOnceOneIsAlive() throws Exception {
        play(
                (issuer, granted) -> List.of(
                        () -> issuer.credential(granted),
                        () -> issuer.credential(granted),
                        () -> issuer.credential(granted)),
                1);
        assertThat(github.made).hasSizeGreaterThanOrEqualTo(ROUNDS);
    }

    private static Ledger ledger(EmbeddedDynamo dynamo) {
        LedgerTable.create(dynamo.client(), "taskbound");
        return new DynamoLedger(new DynamoTable(dynamo.client(), "taskbound"), Duration.ofDays(30));
    }

    private interface Race {
        List<Callable<Answer>> of(TestIssuer issuer, Answer granted);
    }

    private void play(Race race, int alive) throws Exception {
        var racers = Executors.newFixedThreadPool(3);
        try (var dynamo = EmbeddedDynamo.inMemory();
                var issuer = TestIssuer.delivering(
                        ledger(dynamo),
                        Delivering.of(
                                new CredentialServices(
                                        github, new ScriptedService<>(false), new ScriptedService<>(true)),
                                new Envelope(LocalDataKeys.generate(), "taskbound")))) {
            for (int round = 0; round < ROUNDS; round++) {
                var granted = issuer.token(TestIssuer.form(
                        issuer.idToken(),
                        UUID.randomUUID().toString(),
                        "[{\"type\":\"task\",\"task\":\"bump-version\",\"actions\":[\"contents:write\"],"
                                + "\"identifier\":\"github:acme/shop\"}]"));
                var before = github.alive().size();
                for (Future<Answer> answer : racers.invokeAll(race.of(issuer, granted))) {
                    assertThat(answer.get().status()).isIn(200, 400, 503);
                }
                assertThat(github.alive()).as("round " + round).hasSize(before + alive);
            }
        } finally {
            racers.shutdownNow();
        }
    }
}
