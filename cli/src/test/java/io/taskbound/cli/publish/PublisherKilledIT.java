// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.publish;

import static io.taskbound.cli.publish.PublishScene.POLICY;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.cli.TaskboundProcess;
import io.taskbound.local.HttpDynamo;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code policy push} in a process of its own, killed before each of its steps. */
@Tag("long")
class PublisherKilledIT {
    private static HttpDynamo dynamo;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        dynamo = HttpDynamo.start();
    }

    @AfterAll
    static void stop() {
        dynamo.close();
    }

    @ParameterizedTest
    @CsvSource({"PutItem, 1, 2", "PutItem, 2, 3", "UpdateItem, 1, 3"})
    void whatWasInForceStaysAndTheNextPublisherGoesOn(String operation, int number, long next) throws Exception {
        try (var scene = new PublishScene(dynamo, folder);
                var proxy = new StoppingProxy(dynamo.endpoint(), operation, number)) {
            scene.push(POLICY);
            var before = scene.textInForce();
            var killed = scene.file(POLICY.replace("10m", "9m")).toString();
            var line = scene.line("push", killed, "--yes");
            line[line.length - 1] = proxy.endpoint().toString();
            try (var process = TaskboundProcess.start(PublishScene.CREDENTIALS, line)) {
                proxy.awaitHeld();
                process.kill9();
            }

            assertThat(scene.store.head()).isEqualTo(1);
            assertThat(scene.textInForce()).isEqualTo(before);

            assertThat(scene.push(POLICY.replace("10m", "8m")).code()).isZero();
            assertThat(scene.store.head())
                    .as("a number that was claimed is not used again")
                    .isEqualTo(next);
            assertThat(scene.textInForce()).contains("\"8m\"");
        }
    }
}
