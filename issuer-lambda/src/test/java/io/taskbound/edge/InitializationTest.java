// SPDX-License-Identifier: Apache-2.0
package io.taskbound.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InitializationTest {
    @ParameterizedTest
    @ValueSource(strings = {"on-demand", "provisioned-concurrency"})
    void knowsTheStartsWithoutASnapshot(String word) {
        assertThat(Initialization.of(Map.of("AWS_LAMBDA_INITIALIZATION_TYPE", word)))
                .isEqualTo(Initialization.ON_DEMAND);
    }

    @ParameterizedTest
    @ValueSource(strings = {"snap-start", "", "On-Demand", "on-demand ", "something-new"})
    void keepsNothingWhereASnapshotCannotBeRuledOut(String word) {
        assertThat(Initialization.of(Map.of("AWS_LAMBDA_INITIALIZATION_TYPE", word)))
                .isEqualTo(Initialization.FOR_SNAPSHOT);
    }

    @Test
    void keepsNothingWhereNothingIsSaid() {
        assertThat(Initialization.of(Map.of())).isEqualTo(Initialization.FOR_SNAPSHOT);
    }
}
