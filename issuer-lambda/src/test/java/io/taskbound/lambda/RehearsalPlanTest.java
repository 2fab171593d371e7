// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ResourceLock(Resources.SYSTEM_PROPERTIES)
class RehearsalPlanTest {
    private static final String SECONDS = "taskbound.rehearsal.seconds";
    /** Lambda's limit for a start before a snapshot. */
    private static final Duration ALLOWED = Duration.ofSeconds(130);

    private static RehearsalPlan plan(Map<String, String> more) {
        var environment = new HashMap<>(Map.of(
                "TASKBOUND_ISSUER_URL", "https://tokens.acme.example",
                "TASKBOUND_TABLE", "taskbound",
                "TASKBOUND_SIGNING_KEY",
                        "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"));
        environment.putAll(more);
        return RehearsalPlan.of(Settings.read(environment));
    }

    @AfterEach
    void clear() {
        System.clearProperty(SECONDS);
    }

    @Test
    void isPlayedAsTheFunctionIsSet() {
        assertThat(plan(Map.of())).isEqualTo(new RehearsalPlan(SignerKind.KMS, true, false, RehearsalPlan.LONGEST));
        assertThat(plan(Map.of(
                        "TASKBOUND_SIGNER", "sealed",
                        "TASKBOUND_POLICY_FILE", "policy.json",
                        "TASKBOUND_METRICS", "taskbound")))
                .isEqualTo(new RehearsalPlan(SignerKind.SEALED, false, true, RehearsalPlan.LONGEST));
    }

    /** Half a minute is left for the start around it. */
    @Test
    void leavesTimeForTheRestOfTheStart() {
        assertThat(RehearsalPlan.LONGEST).isLessThanOrEqualTo(ALLOWED.minusSeconds(30));
    }

    @ParameterizedTest
    @CsvSource({"10, 10", "0, 0", "-5, 0", "100000, 90", "soon, 90"})
    void takesAnotherLimitFromTheJvmsOptions(String option, long seconds) {
        System.setProperty(SECONDS, option);
        assertThat(plan(Map.of()).atMost()).isEqualTo(Duration.ofSeconds(seconds));
    }
}
