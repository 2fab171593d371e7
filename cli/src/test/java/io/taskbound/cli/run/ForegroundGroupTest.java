// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines of /proc/PID/stat: pid (name) state parent group session terminal terminal's-group … */
class ForegroundGroupTest {
    @ParameterizedTest
    @ValueSource(strings = {"7 (java) S 1 7 7 34816 7 4194304", "7 (a) b (c) S 1 7 7 34816 7 4194304"})
    void isOursWhenTheTerminalSaysSo(String stat) {
        assertThat(ForegroundGroup.isForeground(stat)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7 (java) S 1 7 7 0 -1 4194304",
                "7 (java) S 1 7 7 34816 9 4194304",
                "7 (java) S 1 7 7 34816 -1 4194304",
                "7 (java)",
                ""
            })
    void isNotOursOtherwise(String stat) {
        assertThat(ForegroundGroup.isForeground(stat)).isFalse();
    }
}
