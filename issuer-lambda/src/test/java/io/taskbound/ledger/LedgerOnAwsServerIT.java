// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import io.taskbound.local.AwsServer;
import io.taskbound.local.OnAwsServer;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The contract on the DynamoDB of the AWS-compatible server: an implementation of conditions that is not DynamoDB
 * Local's.
 */
@ExtendWith(OnAwsServer.class)
class LedgerOnAwsServerIT extends LedgerContract {
    private static DynamoDbClient client;
    private static Ledger ledger;

    @BeforeAll
    static void start(AwsServer server) {
        client = PatientClient.at(server.endpoint(), server.credentials());
        LedgerTable.create(client, "taskbound");
        ledger = new DynamoLedger(new DynamoTable(client, "taskbound"), Duration.ofDays(30));
    }

    @AfterAll
    static void stop() {
        client.close();
    }

    @Override
    Ledger ledger() {
        return ledger;
    }

    @Override
    void deny(DenyEntry entry) {
        new DenyStore(new DynamoTable(client, "taskbound"), Duration.ofDays(30)).write(entry);
    }

    /** Each of these writes takes the server longer than the one before. */
    @Override
    void endJobs(String run, int jobs) {
        countEndedJobs(new DynamoTable(client, "taskbound"), run, jobs);
    }
}
