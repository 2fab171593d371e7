// SPDX-License-Identifier: Apache-2.0
package io.taskbound.soak;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.ledger.DynamoLedger;
import io.taskbound.ledger.DynamoTable;
import io.taskbound.ledger.LedgerTable;
import io.taskbound.local.EmbeddedDynamo;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Over a ledger that throttles, fails, is slow and loses answers, a signer and a provider that fail, with holders that
 * vanish, and instances and sweepers whose clocks are a minute apart: nothing is lost, nothing alive that should be
 * dead, no end is without a cause, and exactly the killed miss their close. {@code tools/bench/soak-with-faults} plays
 * 100,000 tokens.
 */
@Tag("long")
class SoakWithFaultsTest {
    private static final int TOKENS = Integer.getInteger("soak.tokens", 1_000);
    private static final Instant LONG_AFTER = Instant.parse("2027-01-01T00:00:00Z");

    @Test
    @Timeout(value = 2, unit = TimeUnit.HOURS)
    void theLedgerAgreesWithEveryHolder() throws Exception {
        try (var dynamo = EmbeddedDynamo.inMemory()) {
            LedgerTable.create(dynamo.client(), "taskbound");
            try (var soak = new Soak(dynamo.client())) {
                soak.run(TOKENS);
                var ledger = new DynamoLedger(new DynamoTable(dynamo.client(), "taskbound"), Duration.ofDays(30));
                var audit = Audit.of(soak, ledger, records(dynamo.client()), LONG_AFTER);
                var told = audit + "; " + soak;

                System.out.println(told);
                assertThat(soak.wrongs()).isEmpty();
                assertThat(audit.isGood(soak.lostWrites())).as(told).isTrue();
                assertThat(soak.holders()).hasSize(TOKENS);
                assertThat(soak.faults()).as("faults").isGreaterThan(TOKENS / 50);
            }
        }
    }

    /** The handle of every record. */
    private static Set<String> records(DynamoDbClient table) {
        return table.scanPaginator(scan -> scan.tableName("taskbound").projectionExpression("pk, sk")).items().stream()
                .filter(item -> item.get("sk").s().startsWith("T#"))
                .map(item -> item.get("pk").s().substring("R#".length()) + "."
                        + item.get("sk").s().substring("T#".length()))
                .collect(toSet());
    }
}
