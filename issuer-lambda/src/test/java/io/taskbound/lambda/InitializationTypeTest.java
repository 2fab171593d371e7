// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InitializationTypeTest {
    @ParameterizedTest
    @ValueSource(strings = {"on-demand", "provisioned-concurrency"})
    void knowsTheStartsWithoutASnapshot(String word) {
        assertThat(InitializationType.of(Map.of("AWS_LAMBDA_INITIALIZATION_TYPE", word)))
                .isEqualTo(InitializationType.ON_DEMAND);
    }

    @ParameterizedTest
    @ValueSource(strings = {"snap-start", "", "On-Demand", "on-demand ", "something-new"})
    void keepsNothingWhereASnapshotCannotBeRuledOut(String word) {
        assertThat(InitializationType.of(Map.of("AWS_LAMBDA_INITIALIZATION_TYPE", word)))
                .isEqualTo(InitializationType.FOR_SNAPSHOT);
    }

    @Test
    void keepsNothingWhereNothingIsSaid() {
        assertThat(InitializationType.of(Map.of())).isEqualTo(InitializationType.FOR_SNAPSHOT);
    }

    /** A rehearsal takes a minute, which nobody may have to wait for. */
    @Test
    void rehearsesOnlyWhereLambdaSaysSnapshot() {
        var name = "AWS_LAMBDA_INITIALIZATION_TYPE";
        assertThat(InitializationType.saysSnapshot(Map.of(name, "snap-start"))).isTrue();
        for (var other : new String[] {"", "on-demand", "provisioned-concurrency", "something-new"}) {
            assertThat(InitializationType.saysSnapshot(Map.of(name, other))).isFalse();
        }
        assertThat(InitializationType.saysSnapshot(Map.of())).isFalse();
    }
}
