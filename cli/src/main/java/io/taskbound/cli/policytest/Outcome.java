// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.policytest;

import java.util.List;

/** @param differences why the answer is not what the case expects, in sentences; empty when it is */
record Outcome(TestCase test, Answer answer, List<String> differences) {
    Outcome {
        differences = List.copyOf(differences);
    }

    boolean passed() {
        return differences.isEmpty();
    }
}
