// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class HttpDynamoTest {
    private static final int REQUESTS = 300;

    /** Test classes run side by side, each with a server of its own. */
    @Test
    void answersWhileOthersAreMade() {
        var database = HttpDynamo.database();
        try (var dynamo = HttpDynamo.start();
                var client = dynamo.client()) {
            var asking = CompletableFuture.runAsync(() -> {
                for (int i = 0; i < REQUESTS; i++) {
                    client.listTables();
                }
            });
            while (!asking.isDone()) {
                HttpDynamo.handler(database);
            }
            assertThatCode(asking::join).doesNotThrowAnyException();
        } finally {
            database.shutdown();
        }
    }
}
