// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench.peers.profile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ThreadTimesTest {
    private static final String STAT = "4711 (C2 (odd) name 1) S 1 4711 4711 0 -1 4194304 100 0 0 0 250 17 3 4 20 0 9";

    @Test
    void readsTheNameWhateverItHolds() {
        assertThat(ThreadTimes.name(STAT)).isEqualTo("C2 (odd) name 1");
    }

    @Test
    void countsTheThreadsOwnTimeAndTheKernelsForIt() {
        assertThat(ThreadTimes.ticks(STAT)).isEqualTo(267);
    }
}
