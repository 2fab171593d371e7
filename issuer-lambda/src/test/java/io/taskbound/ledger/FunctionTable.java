// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import io.taskbound.local.HttpDynamo;
import java.time.Duration;

/** A table as the template makes it, on DynamoDB Local that has answered before: its first answers take seconds. */
public final class FunctionTable {
    private FunctionTable() {}

    public static void create(HttpDynamo dynamo, String name, boolean timeToLive) {
        try (var client = PatientClient.of(dynamo)) {
            LedgerTable.create(client, name);
            if (timeToLive) {
                client.updateTimeToLive(table -> table.tableName(name)
                        .timeToLiveSpecification(ttl -> ttl.attributeName("ttl").enabled(true)));
            }
            var ledger = new DynamoLedger(new DynamoTable(client, name), Duration.ofDays(30));
            ledger.mint(SampleTokens.token());
            ledger.denyList();
        }
    }
}
