// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.policytest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a table says that the policy answers.
 *
 * @param details what else it says of the answer, by the names of {@link Answer#details}
 */
record Expected(boolean allowed, Map<String, String> details) {
    Expected {
        details = Map.copyOf(details);
    }

    /** Why the answer is not what was expected, in sentences; empty when it is. */
    List<String> differences(Answer answer) {
        if (allowed != answer.allowed()) {
            return List.of(
                    "expected " + word(allowed) + ", but it is " + word(answer.allowed()) + ": " + answer.reason());
        }
        var differences = new ArrayList<String>();
        details.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(detail -> {
            var actual = answer.details().getOrDefault(detail.getKey(), "none");
            if (!actual.equals(detail.getValue())) {
                differences.add(word(allowed) + " as expected, but " + detail.getKey() + " is " + actual + ", not "
                        + detail.getValue());
            }
        });
        return differences;
    }

    static String word(boolean allowed) {
        return allowed ? "allowed" : "refused";
    }
}
