// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

/**
 * The name in {@code ${…}}: from {@code let}, {@code project}, or a claim's name, which may contain dots and slashes.
 */
final class VariableName {
    static final String PROJECT = "project";
    private static final int MAX_LENGTH = 64;

    private VariableName() {}

    static boolean isValid(String name) {
        return !name.isEmpty()
                && name.length() <= MAX_LENGTH
                && name.chars().allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || "._/-".indexOf(c) >= 0));
    }
}
