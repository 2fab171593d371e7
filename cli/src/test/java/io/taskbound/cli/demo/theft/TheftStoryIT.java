// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.demo.theft;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.cli.Ran;
import org.junit.jupiter.api.Test;

/** {@code demo --theft} as it is typed, with real processes: the thief gets what the page says, and nothing else. */
class TheftStoryIT {
    @Test
    void theThiefGetsNothingThatOutlivesTheStep() {
        var demo = Ran.with(System.getenv(), "", "demo", "--theft");

        assertThat(demo.code()).as(demo.out() + demo.err()).isZero();
        assertThat(demo.out())
                .containsSubsequence(
                        "GRANTED  a token that is bound to a key",
                        "SIGNED   use 1 of 2",
                        "NOTHING  but the address",
                        "REFUSED  nothing was sent",
                        "REFUSED  nothing was sent",
                        "REFUSED  no proof of its key",
                        "REFUSED  the proof was used",
                        "REFUSED  a proof for another request",
                        "REFUSED  a proof for another request",
                        "REFUSED  another key's proof",
                        "SIGNED   use 2 of 2: possible while the step runs",
                        "REFUSED  spent",
                        "REFUSED  nobody listens",
                        "REFUSED  no proof of its key",
                        "REFUSED  closed",
                        "REFUSED  another key's proof",
                        "2 SIGNED of 11 requests",
                        "2 USES   both to sign app.jar; ended: spent")
                // One that this system does not allow has no line of its own, or counts.
                .containsPattern("(?m)^1[234] of 1[234] refusals, 1 of 1 grants\\.  OK$")
                .containsAnyOf("reads the memory of `run`", "NOT PROTECTED HERE", "this system has no /proc")
                .doesNotContain("<- should be")
                .doesNotContainPattern("eyJ[A-Za-z0-9_-]+\\.");
        assertThat(demo.err()).isEmpty();
    }

    @Test
    void itIsPlayedAlone() {
        for (var other : new String[] {"--http", "--credentials", "--agent", "--ci=jenkins"}) {
            assertThat(Ran.of("demo", "--theft", other).code()).isEqualTo(2);
        }
    }
}
