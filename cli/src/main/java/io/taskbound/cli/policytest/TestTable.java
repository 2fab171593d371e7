// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.policytest;

import java.nio.file.Path;
import java.util.List;

/** The cases of one file, ready to be asked of the policy that they are about. */
record TestTable(Path file, List<TestCase> cases) {
    TestTable {
        cases = List.copyOf(cases);
    }
}
