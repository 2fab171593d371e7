// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import io.taskbound.local.EmbeddedDynamo;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The contract on DynamoDB Local in this process. */
class DenyStoreTest extends DenyStoreContract {
    private static EmbeddedDynamo dynamo;

    @BeforeAll
    static void start() {
        dynamo = EmbeddedDynamo.inMemory();
    }

    @AfterAll
    static void stop() {
        dynamo.close();
    }

    @Override
    DynamoDbClient client() {
        return dynamo.client();
    }
}
