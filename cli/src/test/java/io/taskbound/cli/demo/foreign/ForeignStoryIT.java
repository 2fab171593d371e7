// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.demo.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.cli.Ran;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * The story as it is typed: real processes, a real git, and MinIO where it is on the PATH. Alone, since its leases are
 * of 3 s: a runner that waits for a processor for longer is dead, and the story is another one.
 */
@Isolated
@DisabledOnOs(OS.WINDOWS)
class ForeignStoryIT {
    @Test
    void everythingGoesAsItMustOrIsSaidToBeLeftOut() {
        var ran = Ran.with(System.getenv(), "", "demo", "--credentials");

        assertThat(ran.code()).as(ran.out() + ran.err()).isZero();
        assertThat(ran.out()).containsAnyOf("PUSHED", "NOT RUN  the push to one repository: there is no");
        assertThat(ran.out()).containsAnyOf("WRITTEN", "NOT RUN  the move of one dataset");
        assertThat(ran.out()).containsPattern("(?m)^(\\d+) of \\1 refusals, (\\d+) of \\2 grants\\.  OK$");
        assertThat(ran.out()).doesNotContain("ghs_", "<- should be");
    }

    @Test
    void goesWithNoOtherOption() {
        assertThat(Ran.with(Map.of(), "", "demo", "--credentials", "--http").code())
                .isEqualTo(2);
        assertThat(Ran.with(Map.of(), "", "demo", "--credentials", "--ci", "jenkins")
                        .code())
                .isEqualTo(2);
    }
}
