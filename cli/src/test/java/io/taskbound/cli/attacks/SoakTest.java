// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.attacks;

import static io.taskbound.cli.overhttp.TestPolicy.deploy;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.cli.overhttp.LiveIssuer;
import io.taskbound.token.Jti;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Nothing is lost: every token that was answered is in the ledger, and no introspection after an acknowledged
 * revocation says active. {@code mvn test -pl cli -am -Dtest=SoakTest -Dsurefire.failIfNoSpecifiedTests=false
 * -Dsoak=100000}.
 */
@EnabledIfSystemProperty(named = "soak", matches = "[0-9]*|true", disabledReason = "an hour's work; ask with -Dsoak")
class SoakTest {
    private static final int TOKENS = Integer.getInteger("soak", 100_000);
    private static final int CLIENTS = 8;

    @Test
    @Timeout(value = 6, unit = TimeUnit.HOURS)
    void losesNoTokenAndNoRevocation() throws Exception {
        Queue<String> lost = new ConcurrentLinkedQueue<>();
        try (var issuer = LiveIssuer.start()) {
            var clients = Executors.newFixedThreadPool(CLIENTS);
            for (int i = 0; i < TOKENS; i++) {
                var run = Integer.toString(i + 1);
                clients.execute(() -> live(issuer, run, lost));
            }
            clients.shutdown();
            assertThat(clients.awaitTermination(6, TimeUnit.HOURS)).isTrue();
        }
        assertThat(lost).isEmpty();
    }

    /** One token's whole life; what goes wrong is kept, so that the others go on. */
    private static void live(LiveIssuer issuer, String run, Queue<String> lost) {
        try {
            var granted = issuer.exchange(issuer.idToken(run), deploy(), UUID.randomUUID());
            assertThat(granted.status()).as("minted").isEqualTo(200);
            var token = granted.text("access_token");
            assertThat(Jti.parse(granted.text("jti")).flatMap(issuer.ledger()::find))
                    .as("in the ledger")
                    .isPresent();
            assertThat(issuer.isAlive(token, "deployer")).as("alive").isTrue();
            assertThat(issuer.revoke(token).status()).as("revoked").isEqualTo(200);
            assertThat(issuer.isAlive(token, "deployer")).as("dead").isFalse();
        } catch (AssertionError | RuntimeException fault) {
            lost.add("run " + run + ": " + fault.getMessage());
        }
    }
}
