// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.local.HttpDynamo;
import io.taskbound.token.KeyPhase;
import java.time.Clock;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The function as {@code taskbound keys} invokes it: a refusal is an answer, and no failed invocation that pages
 * somebody.
 */
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class KeyRotationCommandsTest {
    private static final String BY = ",\"by\":\"arn:aws:iam::111122223333:user/ann\"}";

    private static String retire(String keyId, boolean asksOnly) {
        return "{\"command\":\"retire\",\"key_id\":\"" + keyId + "\",\"dry_run\":" + asksOnly + BY;
    }

    @ParameterizedTest
    @ValueSource(strings = {"kms", "sealed"})
    void rotatesAndRetiresForWhoeverMayInvokeIt(String signer) throws Exception {
        try (var dynamo = HttpDynamo.start();
                var life = new StackLife(dynamo, signer)) {
            var made = life.rotation("{\"command\":\"rotate\",\"publish_for_seconds\":600" + BY);
            assertThat(made).contains("\"result\":\"rotated\"", "\"kid\":\"", "\"signs_from\":\"");
            var keys = life.keys();
            var newest = keys.keys().get(keys.keys().size() - 1);
            assertThat(newest.by()).startsWith("function ").endsWith(" for arn:aws:iam::111122223333:user/ann");

            assertThat(life.rotation("{\"command\":\"rotate\",\"publish_for_seconds\":60" + BY))
                    .contains("\"result\":\"refused\"", "\"why\":\"", "\"remedy\":\"");
            assertThat(life.rotation(retire("Z".repeat(43), false)))
                    .contains("\"result\":\"refused\"", "no key has this id");
            assertThat(life.rotation(retire("Z".repeat(43), true))).contains("\"phase\":\"unknown\"");

            var now = Clock.systemUTC().instant();
            var signing = keys.signing(now.plusSeconds(1)).orElseThrow();
            assertThat(life.rotation(retire(signing.keyId(), true)))
                    .contains("\"result\":\"looked\"", "\"phase\":\"signing\"");
            assertThat(life.keys().keys()).as("only asked").hasSameSizeAs(keys.keys());
            assertThat(life.rotation(retire(signing.keyId(), false))).contains("\"result\":\"rotated\"");
            assertThat(life.keys()
                            .phase(
                                    life.keys().keys().stream()
                                            .filter(key -> key.keyId().equals(signing.keyId()))
                                            .findFirst()
                                            .orElseThrow(),
                                    now.plusSeconds(60)))
                    .isEqualTo(KeyPhase.REMOVED);
            assertThat(life.rotation(retire(signing.keyId(), false))).contains("\"result\":\"not_due\"");
            assertThat(life.rotation("{\"command\":\"sign\"" + BY)).contains("\"result\":\"refused\"");
        }
    }
}
