// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PercentilesTest {
    private static Percentiles ofMillis(long... millis) {
        return Percentiles.of(
                LongStream.of(millis).map(each -> each * 1_000_000).toArray());
    }

    @Test
    void takesTheNearestRankWhateverTheOrder() {
        var percentiles = ofMillis(40, 10, 30, 20);
        assertThat(percentiles.millis(50)).isEqualTo(20);
        assertThat(percentiles.millis(51)).isEqualTo(30);
        assertThat(percentiles.millis(100)).isEqualTo(40);
        assertThat(percentiles.millis(0.1)).isEqualTo(10);
    }

    @Test
    void theNinetyNinthOfAHundredIsNotTheSlowest() {
        var percentiles = ofMillis(LongStream.rangeClosed(1, 100).toArray());
        assertThat(percentiles.millis(99)).isEqualTo(99);
        assertThat(percentiles.count()).isEqualTo(100);
    }

    @Test
    void ofNothingThereAreNone() {
        assertThatIllegalArgumentException().isThrownBy(() -> ofMillis());
    }
}
