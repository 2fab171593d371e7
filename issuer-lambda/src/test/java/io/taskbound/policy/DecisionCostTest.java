// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Only an order of magnitude: bench/ measures. Other tenants' rules must cost nothing, and refusals stay cheap. */
class DecisionCostTest {
    private static final int DECISIONS = 20_000;

    private final Policy policy = Documents.compiled(Documents.signing(
            "['artifact:${project}/**@sha256:{sha256}']",
            IntStream.range(0, 1_000)
                    .mapToObj(
                            i -> "{'provider': 'github', 'claims': {'repository_id': '" + (i == 999 ? 2002 : 10_000 + i)
                                    + "', 'ref': 'refs/heads/*', 'ref_type': 'branch', 'environment': 'production'}}")
                    .collect(Collectors.joining(",", "[", "]"))));

    @Test
    void isSmallAmongAThousandRules() {
        var caller = Documents.github(Documents.githubClaims());
        var request = Documents.request("sign", Documents.permission(Documents.artifact("acme/shop"), "sign"));

        int granted = 0;
        long best = Long.MAX_VALUE;
        for (int round = 0; round < 10; round++) {
            long start = System.nanoTime();
            for (int i = 0; i < DECISIONS; i++) {
                granted += policy.decide(caller, request) instanceof Decision.Granted ? 1 : 0;
            }
            best = Math.min(best, System.nanoTime() - start);
        }

        assertThat(granted).isEqualTo(10 * DECISIONS);
        assertThat(Duration.ofNanos(best / DECISIONS)).isLessThan(Duration.ofNanos(50_000));
    }
}
