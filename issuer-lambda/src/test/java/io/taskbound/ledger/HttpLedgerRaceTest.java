// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import io.taskbound.local.HttpDynamo;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Over HTTP, with the client of production: fewer rounds, since most of each is spent on the way. */
class HttpLedgerRaceTest extends LedgerRaceContract {
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
    int rounds() {
        return 40;
    }
}
