// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

/**
 * One thing that a rule checked. Values are as {@link Shown} writes them.
 *
 * @param path as in {@link NearestMiss}
 */
public record Finding(String path, String expected, String actual, boolean holds) {

    /** {@code hit ref is "refs/heads/main"} or {@code MISS ref is "refs/heads/x", not "refs/heads/main"}. */
    public String text() {
        return holds ? "hit   " + path + " is " + actual : "MISS  " + path + " is " + actual + ", not " + expected;
    }
}
