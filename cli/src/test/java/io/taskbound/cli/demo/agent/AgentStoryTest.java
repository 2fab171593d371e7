// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.demo.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.cli.Ran;
import org.junit.jupiter.api.Test;

/** {@code demo --agent}: the two permitted calls are made, and nothing that the ticket talks the agent into. */
class AgentStoryTest {
    @Test
    void theAgentDoesItsTaskAndNothingElse() {
        var demo = Ran.of("demo", "--agent");
        assertThat(demo.out()).contains("5 of 5 refusals, 2 of 2 grants.  OK");
        assertThat(demo.code()).as(demo.err()).isZero();
        assertThat(demo.out())
                .containsSubsequence(
                        "SEES 2   read_ticket, update_record; the server has 3",
                        "DONE",
                        "REFUSED  wrong target",
                        "REFUSED  wrong target",
                        "REFUSED  not in the map",
                        "DONE",
                        "REFUSED  spent",
                        "REFUSED  closed",
                        "2 CALLS  read_ticket T-7, update_record R-3; with the gateway's credential",
                        "2 USES   read ticket:T-7, update record:R-3; ended: spent");
        assertThat(demo.err()).isEmpty();
        assertThat(demo.out()).doesNotContainPattern("eyJ[A-Za-z0-9_-]+\\.");
    }

    @Test
    void itIsPlayedAlone() {
        for (var other : new String[] {"--http", "--credentials", "--ci=jenkins"}) {
            assertThat(Ran.of("demo", "--agent", other).code()).isEqualTo(2);
        }
    }
}
