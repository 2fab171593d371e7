// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench.peers;

/** How Lambda starts an instance, and when it is taken for started. */
enum FunctionStart {
    ON_DEMAND("on-demand"),
    /** It loads and warms up, says that it can be stored, and is restored at once, in the same process. */
    SNAPSHOT("snap-start");

    private final String word;

    FunctionStart(String word) {
        this.word = word;
    }

    /** The value of {@code AWS_LAMBDA_INITIALIZATION_TYPE}. */
    String word() {
        return word;
    }
}
