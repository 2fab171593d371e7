// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskbound.http.TestIssuer;
import io.taskbound.ledger.DynamoLedger;
import io.taskbound.ledger.DynamoTable;
import io.taskbound.ledger.LedgerTable;
import io.taskbound.ledger.Sweeper;
import io.taskbound.local.HttpDynamo;
import io.taskbound.token.Jti;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The function that a schedule runs, over a table that it reaches as it does in an account. */
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class SweepLambdaTest {
    private final HttpDynamo dynamo = HttpDynamo.start();
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final Properties before = (Properties) System.getProperties().clone();
    private TestIssuer issuer;

    @BeforeEach
    void start() {
        System.setProperty("aws.endpointUrl", dynamo.endpoint().toString());
        System.setProperty("aws.region", "eu-central-1");
        System.setProperty("aws.accessKeyId", "local");
        System.setProperty("aws.secretAccessKey", "local");
        LedgerTable.create(dynamo.client(), "taskbound");
        issuer = new TestIssuer(new DynamoLedger(new DynamoTable(dynamo.client(), "taskbound"), Duration.ofDays(30)));
    }

    @AfterEach
    void stop() {
        issuer.close();
        dynamo.close();
        System.setProperties(before);
    }

    private String run(String table) throws IOException {
        var answer = new ByteArrayOutputStream();
        var settings = new SweepSettings(table, Optional.of("taskbound-prod"));
        new SweepLambda(settings, issuer.clock, new PrintStream(log, true, UTF_8))
                .handleRequest(new ByteArrayInputStream(new byte[0]), answer, null);
        return answer.toString(UTF_8);
    }

    @Test
    void endsWhatNobodyEndedAndWritesItsLinesAndMetrics() throws Exception {
        issuer.mintSign();
        issuer.clock.advance(Duration.ofHours(1));

        assertThat(run("taskbound"))
                .isEqualTo("{\"ended\":1,\"missing_closes\":1,\"rearmed\":0,\"failed\":0,\"behind_seconds\":0}");

        var lines = log.toString(UTF_8).lines().toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).contains("\"event\":\"ended\"", "\"cause\":\"lapsed\"");
        assertThat(lines.get(1)).contains("\"event\":\"missing_close\"");
        assertThat(lines.get(2))
                .contains(
                        "\"Namespace\":\"Taskbound\"",
                        "\"Issuer\":\"taskbound-prod\"",
                        "\"SweepRuns\":1",
                        "\"SweepEnded\":1",
                        "\"SweepRearmed\":0",
                        "\"SweepFailed\":0",
                        "\"SweepBehindSeconds\":0",
                        "\"MissingCloses\":1");
        assertThat(run("taskbound")).startsWith("{\"ended\":0,");
    }

    @Test
    void aTableThatIsNotThereFailsTheInvocation() {
        assertThatIOException().isThrownBy(() -> run("elsewhere")).withMessageContaining("nothing could be swept");
        assertThat(log.toString(UTF_8)).contains("\"SweepFailed\":64");
    }

    /** They may be as many as shards: whoever wrote them must not make it look as if nothing were swept. */
    @Test
    void recordsThatCannotBeReadFailNoInvocation() throws Exception {
        for (int each = 0; each < Sweeper.SHARDS; each++) {
            var minted = issuer.mintSign();
            var jti = Jti.parse(minted.body().string("jti").orElseThrow()).orElseThrow();
            dynamo.client()
                    .updateItem(update -> update.tableName("taskbound")
                            .key(Map.of(
                                    "pk", AttributeValue.fromS("R#" + jti.run()),
                                    "sk", AttributeValue.fromS("T#" + jti.proof())))
                            .updateExpression("SET p = :broken")
                            .conditionExpression("attribute_exists(pk)")
                            .expressionAttributeValues(Map.of(":broken", AttributeValue.fromN("1"))));
        }
        issuer.clock.advance(Duration.ofHours(1));

        assertThat(run("taskbound")).contains("\"ended\":0,", "\"failed\":64,");
        assertThat(log.toString(UTF_8)).contains("\"SweepFailed\":64");
    }

    @Test
    void wrongSettingsAreNamedAllAtOnce() {
        assertThatThrownBy(() -> SweepSettings.read(Map.of("TASKBOUND_TABLE", "no table", "TASKBOUND_METRICS", "a b")))
                .hasMessageContaining("TASKBOUND_TABLE must be")
                .hasMessageContaining("TASKBOUND_METRICS must be");
        assertThatThrownBy(() -> SweepSettings.read(Map.of())).hasMessageContaining("TASKBOUND_TABLE is not set");
    }
}
