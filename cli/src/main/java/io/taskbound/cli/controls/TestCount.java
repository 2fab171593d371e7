// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.controls;

/** How the cases of one test ended: one, or one for each of its parameters. */
record TestCount(int passed, int failed, int skipped) {
    static final TestCount NONE = new TestCount(0, 0, 0);

    TestCount plus(TestCount other) {
        return new TestCount(passed + other.passed, failed + other.failed, skipped + other.skipped);
    }

    boolean hasRun() {
        return passed + failed > 0;
    }

    /** In words, as {@code taskbound controls} prints it. */
    String words() {
        if (failed > 0) {
            return "FAILED (" + failed + ")";
        }
        if (passed > 0) {
            return "passed" + (passed > 1 ? " (" + passed + ")" : "");
        }
        return skipped > 0 ? "NOT RUN: skipped on the machine of the build" : "NOT RUN";
    }
}
