// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.policytest;

import io.taskbound.cli.policy.Position;
import java.util.List;

/**
 * A part of a policy that tests can reach.
 *
 * @param key equal parts have equal ones
 * @param missing what no case shows, where none does
 */
record CoveredPart(Kind kind, List<String> key, Position position, String missing) {

    enum Kind {
        TASK("task", "tasks that a case asks for"),
        ALLOWS("allows", "rules by which a case is allowed"),
        REFUSES("refuses", "rules that refuse a case"),
        PATTERN("pattern", "patterns by which a case is allowed"),
        /** Reported beside the others: to show each claim takes a case for each. */
        CLAIM("claim", "claims that refuse a case by themselves");

        private final String wire;
        private final String words;

        Kind(String wire, String words) {
            this.wire = wire;
            this.words = words;
        }

        /** As JSON names it. */
        String wire() {
            return wire;
        }

        String words() {
            return words;
        }
    }
}
