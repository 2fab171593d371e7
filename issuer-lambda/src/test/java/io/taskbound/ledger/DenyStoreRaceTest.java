// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import static io.taskbound.ledger.SampleTokens.NOW;
import static io.taskbound.ledger.SampleTokens.jti;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.local.HttpDynamo;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Administrators at once, over HTTP. Not part of the contract: the AWS-compatible server's own counter loses additions
 * that come at once, which DynamoDB's does not.
 */
class DenyStoreRaceTest {
    @Test
    void manyWhoWriteAtOnceLoseNothing() throws Exception {
        var threads = Executors.newFixedThreadPool(8);
        try (var dynamo = HttpDynamo.start();
                var client = PatientClient.of(dynamo)) {
            LedgerTable.create(client, "taskbound");
            var store = new DenyStore(new DynamoTable(client, "taskbound"), Duration.ofDays(30));
            var issuer = new DynamoLedger(new DynamoTable(client, "taskbound"), Duration.ofDays(30));
            var writes = IntStream.range(0, 24)
                    .mapToObj(i -> threads.submit(() -> store.write(anyEntry())))
                    .toList();
            for (Future<String> write : writes) {
                write.get();
            }

            assertThat(store.read()).hasSize(24);
            assertThat(issuer.denyList().version()).isEqualTo(24);
            assertThat(issuer.denyList().entries()).hasSize(24);
        } finally {
            threads.shutdown();
        }
    }

    private static DenyEntry anyEntry() {
        return new DenyEntry(DenyEntry.Kind.JTI, jti().toString(), Optional.empty(), NOW, "ada", Optional.of("stolen"));
    }
}
