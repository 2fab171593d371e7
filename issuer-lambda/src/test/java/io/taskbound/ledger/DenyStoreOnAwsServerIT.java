// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import io.taskbound.local.AwsServer;
import io.taskbound.local.OnAwsServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The contract on the DynamoDB of the AWS-compatible server: conditions and indexes that are not DynamoDB Local's. */
@ExtendWith(OnAwsServer.class)
class DenyStoreOnAwsServerIT extends DenyStoreContract {
    private static DynamoDbClient client;

    @BeforeAll
    static void start(AwsServer server) {
        client = PatientClient.at(server.endpoint(), server.credentials());
    }

    @AfterAll
    static void stop() {
        client.close();
    }

    @Override
    DynamoDbClient client() {
        return client;
    }
}
