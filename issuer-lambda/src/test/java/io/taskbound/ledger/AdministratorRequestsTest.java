// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import static io.taskbound.ledger.SampleTokens.NOW;
import static io.taskbound.ledger.SampleTokens.jti;
import static io.taskbound.ledger.SampleTokens.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskbound.json.JsonObject;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import io.taskbound.local.HttpDynamo;
import io.taskbound.task.TaskName;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What looking over and denying ask of a role (threat model R42), and what they do when the table fails. */
class AdministratorRequestsTest {
    private final HttpDynamo dynamo = HttpDynamo.start();
    private final FaultyHttp wire = new FaultyHttp(Apache5HttpClient.create());
    private final DynamoDbClient client = PatientClient.over(dynamo, wire);
    private final DenyStore denials = new DenyStore(new DynamoTable(client, "taskbound"), Duration.ofDays(30));
    private final TokenListing listing = new TokenListing(new DynamoTable(client, "taskbound"));
    private final DenyEntry entry =
            new DenyEntry(DenyEntry.Kind.TASK, "sign-release", Optional.empty(), NOW, "ada", Optional.of("stolen"));

    @BeforeEach
    void makeTable() {
        LedgerTable.create(client, "taskbound");
        new DynamoLedger(new DynamoTable(client, "taskbound"), Duration.ofDays(30)).mint(token());
    }

    @AfterEach
    void stop() {
        client.close();
        dynamo.close();
    }

    private void listAll() {
        listing.newestFirst(List.of(new TaskName("sign-release")), NOW, NOW, Optional.empty())
                .forEachRemaining(found -> {});
    }

    @Test
    void nothingButDenyItemsIsWrittenAndNothingIsScannedOrDeleted() {
        Set<String> written = new TreeSet<>();
        wire.always(connection -> {
            written.addAll(writtenKey(connection.body()));
            return connection.send();
        });
        listAll();
        listing.find(jti());
        listing.ofRun(jti().run());
        denials.lift(denials.write(entry), new DenyListLine.Lifting(NOW, "ada", "found"));
        denials.read();

        assertThat(written).containsExactly("DENY");
        assertThat(wire.operations()).containsOnly("Query", "BatchGetItem", "PutItem", "UpdateItem");
    }

    private static List<String> writtenKey(String body) {
        try {
            var request = StrictJson.parseObject(body.getBytes(StandardCharsets.UTF_8));
            return request.object("Item").or(() -> request.object("Key")).flatMap(key -> key.object("pk")).stream()
                    .map(JsonObject.class::cast)
                    .map(pk -> pk.string("S").orElseThrow())
                    .toList();
        } catch (MalformedJson e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void anEntryWhoseAnswerWasLostIsWrittenOnce() {
        wire.next(FaultyHttp.LOST_ANSWER);
        denials.write(entry);

        assertThat(denials.read()).hasSize(1);
    }

    @Test
    void aVersionWhoseMoveWasLostMovesAgain() {
        wire.next(FaultyHttp.PASS, FaultyHttp.LOST_ANSWER);
        denials.write(entry);

        assertThat(new DynamoLedger(new DynamoTable(client, "taskbound"), Duration.ofDays(30))
                        .denyList()
                        .entries())
                .containsExactly(entry);
    }

    @Test
    void saysByTheServicesOwnNameThatTheRoleMayNot() {
        wire.always(FaultyHttp.DENIED);

        assertThatThrownBy(() -> denials.write(entry))
                .isInstanceOf(LedgerUnavailable.class)
                .hasMessage("deny: AccessDeniedException 400");
        assertThatThrownBy(this::listAll)
                .isInstanceOf(LedgerUnavailable.class)
                .hasMessage("list: AccessDeniedException 400");
    }

    @Test
    void keysThatStayUnprocessedAreNotTakenForAbsentTokens() {
        wire.next(
                FaultyHttp.PASS,
                FaultyHttp.UNPROCESSED,
                FaultyHttp.UNPROCESSED,
                FaultyHttp.UNPROCESSED,
                FaultyHttp.UNPROCESSED);

        assertThatThrownBy(this::listAll).isInstanceOf(LedgerUnavailable.class);
    }
}
