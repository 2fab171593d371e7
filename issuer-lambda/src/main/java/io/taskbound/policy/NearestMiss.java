// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

/**
 * The one difference at which the rule that came closest failed. All values are as {@link Shown} writes them: in
 * quotes, without control characters, cut.
 *
 * @param rule {@code rule 1}: counted over the task's {@code allow} with the rules of named callers in place
 * @param path the claim, or {@code provider}, {@code action}, {@code identifier}, {@code resource} or a
 *     {@code ${variable}}
 * @param expected what the rule wants
 * @param actual what was there
 */
public record NearestMiss(String rule, String path, String expected, String actual) {

    /** {@code rule 1: repository_id is "6666", not "2002"}. */
    public String text() {
        return rule + ": " + path + " is " + actual + ", not " + expected;
    }
}
