// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LoopbackExemptionTest {
    @Test
    void isAddedToWhatIsThereInBothSpellings() {
        assertThat(LoopbackExemption.of(Map.of()))
                .containsExactlyInAnyOrderEntriesOf(Map.of("no_proxy", "127.0.0.1", "NO_PROXY", "127.0.0.1"));
        assertThat(LoopbackExemption.of(Map.of("NO_PROXY", "a.example, b.example")))
                .containsEntry("no_proxy", "a.example, b.example,127.0.0.1")
                .containsEntry("NO_PROXY", "a.example, b.example,127.0.0.1");
        assertThat(LoopbackExemption.of(Map.of("NO_PROXY", "*", "no_proxy", "127.0.0.1 x")))
                .containsEntry("no_proxy", "127.0.0.1 x")
                .containsEntry("NO_PROXY", "*");
    }
}
