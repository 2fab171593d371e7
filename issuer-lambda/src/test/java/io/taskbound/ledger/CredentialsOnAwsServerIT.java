// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import io.taskbound.local.AwsServer;
import io.taskbound.local.OnAwsServer;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The contract on the DynamoDB of the AWS-compatible server: conditions and indexes that are not DynamoDB Local's. */
@ExtendWith(OnAwsServer.class)
class CredentialsOnAwsServerIT extends CredentialsContract {
    private static final String TABLE = "taskbound-credentials";
    private static DynamoDbClient client;
    private static Ledger ledger;

    @BeforeAll
    static void start(AwsServer server) {
        client = PatientClient.at(server.endpoint(), server.credentials());
        LedgerTable.create(client, TABLE);
        ledger = new DynamoLedger(new DynamoTable(client, TABLE), Duration.ofDays(30));
    }

    @AfterAll
    static void stop() {
        client.close();
    }

    @Override
    Ledger ledger() {
        return ledger;
    }
}
