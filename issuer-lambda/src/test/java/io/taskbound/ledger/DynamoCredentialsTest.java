// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import static io.taskbound.ledger.CredentialsContract.asking;
import static io.taskbound.ledger.SampleTokens.sample;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.local.EmbeddedDynamo;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** At the database itself. */
class DynamoCredentialsTest extends CredentialsContract {
    private static EmbeddedDynamo dynamo;
    private static DynamoTable table;
    private static DynamoLedger ledger;

    @BeforeAll
    static void start() {
        dynamo = EmbeddedDynamo.inMemory();
        LedgerTable.create(dynamo.client(), "taskbound");
        table = new DynamoTable(dynamo.client(), "taskbound");
        ledger = new DynamoLedger(table, Duration.ofDays(30));
    }

    @AfterAll
    static void stop() {
        dynamo.close();
    }

    @Override
    Ledger ledger() {
        return ledger;
    }

    /** The sweep of the tokens looks at its own shards alone. */
    @Test
    void theSweeperOfTokensMeetsNoCredential() {
        var token = sample(SampleTokens.jti()).withoutLimit().record();
        ledger.credentials().write(asking(token), Optional.empty());

        for (int shard = 0; shard < Sweeper.SHARDS; shard++) {
            assertThat(table.due(Integer.toString(shard), SampleTokens.EXPIRES, Optional.empty())
                            .entries())
                    .extracting(DynamoTable.Listed::key)
                    .doesNotContain(Key.credential(token.jti()));
        }
    }
}
