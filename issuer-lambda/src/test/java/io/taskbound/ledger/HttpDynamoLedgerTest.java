// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import io.taskbound.local.HttpDynamo;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The contract on DynamoDB Local over HTTP, with the client of production. */
class HttpDynamoLedgerTest extends LedgerContract {
    private static HttpDynamo dynamo;
    private static DynamoDbClient client;
    private static Ledger ledger;

    @BeforeAll
    static void start() {
        dynamo = HttpDynamo.start();
        client = PatientClient.of(dynamo);
        LedgerTable.create(client, "taskbound");
        ledger = new DynamoLedger(new DynamoTable(client, "taskbound"), Duration.ofDays(30));
    }

    @AfterAll
    static void stop() {
        client.close();
        dynamo.close();
    }

    @Override
    Ledger ledger() {
        return ledger;
    }

    @Override
    void deny(DenyEntry entry) {
        new DenyStore(new DynamoTable(client, "taskbound"), Duration.ofDays(30)).write(entry);
    }

    @Override
    void endJobs(String run, int jobs) {
        countEndedJobs(new DynamoTable(client, "taskbound"), run, jobs);
    }
}
