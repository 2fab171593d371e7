// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import static io.taskbound.ledger.CredentialsContract.asking;
import static io.taskbound.ledger.SampleTokens.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskbound.local.EmbeddedDynamo;
import io.taskbound.token.Jti;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

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

    /** Whoever has put it there: it holds up nothing, and is told until somebody removes it. */
    @Test
    void anItemThatIsNoCredentialHoldsUpNoneThatIsDueAfterIt() {
        var token = sample(SampleTokens.jti()).withoutLimit().record();
        ledger.credentials().write(asking(token), Optional.empty());
        var shard = Math.floorMod(token.jti().proof().hashCode(), Credentials.SHARDS);
        var key = new Key("X", "Y");
        table.putIfAbsent(
                "nothing",
                Item.draft()
                        .key(key)
                        .text(Attributes.SWEEP_SHARD, CredentialItem.shard(shard))
                        .time(Attributes.FIRST_DEADLINE, Instant.EPOCH)
                        .build());
        var seen = new ArrayList<Jti>();
        try {
            assertThatThrownBy(() -> ledger.credentials().due(shard, SampleTokens.EXPIRES, seen::add))
                    .isInstanceOf(LedgerUnavailable.class);
        } finally {
            dynamo.client()
                    .deleteItem(delete -> delete.tableName("taskbound")
                            .key(Map.of("pk", AttributeValue.fromS("X"), "sk", AttributeValue.fromS("Y"))));
        }
        assertThat(seen).contains(token.jti());
    }
}
