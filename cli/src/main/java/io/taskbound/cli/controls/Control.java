// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.controls;

import java.util.List;
import java.util.Optional;

/**
 * What we say of one control.
 *
 * @param claim one sentence that a test can falsify; absent where nothing is claimed
 * @param tests those that try to; none without a claim
 * @param vectors files of {@code contract/} that these tests read, and those of the clients in other languages
 * @param deployer what is left to whoever runs Taskbound
 * @param notClaimed what it must not be taken for
 */
record Control(
        Framework framework,
        String id,
        Optional<String> claim,
        List<TestName> tests,
        List<String> vectors,
        Optional<String> deployer,
        Optional<String> notClaimed) {
    Control {
        tests = List.copyOf(tests);
        vectors = List.copyOf(vectors);
    }

    String title() {
        return String.valueOf(framework.ids().get(id));
    }
}
