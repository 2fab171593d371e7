// SPDX-License-Identifier: Apache-2.0
package io.taskbound.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.ledger.DynamoLedger;
import io.taskbound.ledger.DynamoTable;
import io.taskbound.ledger.LedgerTable;
import io.taskbound.local.EmbeddedDynamo;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/**
 * Over a ledger that throttles, fails, is slow and loses answers, with holders that vanish and three sweepers whose
 * clocks differ: nothing is lost, nothing alive that should be dead, no end is without a cause, and exactly the killed
 * miss their close. {@code tools/bench/soak-with-faults} plays 100,000 tokens.
 */
class SoakWithFaultsTest {
    private static final int TOKENS = Integer.getInteger("soak.tokens", 1_000);
    private static final Instant LONG_AFTER = Instant.parse("2027-01-01T00:00:00Z");

    @Test
    void theLedgerAgreesWithEveryHolder() throws Exception {
        try (var dynamo = EmbeddedDynamo.inMemory()) {
            LedgerTable.create(dynamo.client(), "taskbound");
            try (var soak = new Soak(dynamo.client())) {
                soak.run(TOKENS);
                var ledger = new DynamoLedger(new DynamoTable(dynamo.client(), "taskbound"), Duration.ofDays(30));
                var audit = Audit.of(soak, ledger, LONG_AFTER);
                var told = audit + "; " + soak.faulty().faults() + " faults, "
                        + soak.faulty().lostWrites() + " writes unheard of, " + soak.swept() + " ended by sweepers";

                System.out.println(told);
                assertThat(soak.wrongs()).isEmpty();
                assertThat(audit.isGood(soak.faulty().lostWrites())).as(told).isTrue();
                assertThat(soak.holders()).hasSize(TOKENS);
                assertThat(soak.faulty().faults()).as("faults").isGreaterThan(TOKENS / 50);
            }
        }
    }
}
