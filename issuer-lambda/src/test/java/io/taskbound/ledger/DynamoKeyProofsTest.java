// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import static io.taskbound.ledger.SampleTokens.NOW;
import static io.taskbound.ledger.SampleTokens.jti;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.local.EmbeddedDynamo;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class DynamoKeyProofsTest extends KeyProofsContract {
    private static EmbeddedDynamo dynamo;
    private static DynamoKeyProofs proofs;

    @BeforeAll
    static void start() {
        dynamo = EmbeddedDynamo.inMemory();
        LedgerTable.create(dynamo.client(), "taskbound");
        proofs = new DynamoKeyProofs(new DynamoTable(dynamo.client(), "taskbound"));
    }

    @AfterAll
    static void stop() {
        dynamo.close();
    }

    @Override
    KeyProofs proofs() {
        return proofs;
    }

    @Override
    KeyProofs anotherIssuer() {
        return new DynamoKeyProofs(new DynamoTable(dynamo.client(), "taskbound"));
    }

    @Test
    void textFromOutsideIsNoPartOfAKey() {
        var token = jti();
        proofs.use(token, KEY, "i".repeat(256), "use", NOW);

        var items = dynamo.client()
                .query(query -> query.tableName("taskbound")
                        .keyConditionExpression("pk = :pk")
                        .expressionAttributeValues(Map.of(":pk", AttributeValue.fromS("R#" + token.run()))))
                .items();

        assertThat(items).singleElement().satisfies(item -> {
            assertThat(item.get("sk").s()).matches("D#" + token.proof() + "#[A-Za-z0-9_-]{22}");
            assertThat(item.keySet()).containsExactlyInAnyOrder("pk", "sk", "uk", "ttl");
        });
    }
}
