// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import io.taskbound.local.HttpDynamo;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The contract on DynamoDB Local over HTTP, with the client of production. */
class HttpTokenListingTest extends TokenListingContract {
    private static HttpDynamo dynamo;
    private static DynamoDbClient client;

    @BeforeAll
    static void start() {
        dynamo = HttpDynamo.start();
        client = PatientClient.of(dynamo);
    }

    @AfterAll
    static void stop() {
        client.close();
        dynamo.close();
    }

    @Override
    DynamoDbClient client() {
        return client;
    }
}
