// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import io.taskbound.local.EmbeddedDynamo;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** At the database itself. */
class DynamoApprovalsTest extends ApprovalsContract {
    private static EmbeddedDynamo dynamo;
    private static DynamoLedger ledger;

    @BeforeAll
    static void start() {
        dynamo = EmbeddedDynamo.inMemory();
        LedgerTable.create(dynamo.client(), "taskbound");
        ledger = new DynamoLedger(new DynamoTable(dynamo.client(), "taskbound"), Duration.ofDays(30));
    }

    @AfterAll
    static void stop() {
        dynamo.close();
    }

    @Override
    Ledger ledger() {
        return ledger;
    }
}
