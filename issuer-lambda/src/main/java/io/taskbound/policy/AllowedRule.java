// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.json.JsonArray;

/**
 * A rule as one task lists it. Tasks that name the same callers share these, and the label is made when somebody reads
 * it: a policy with many tasks may have thousands of rules in each.
 *
 * @param entry the position of the entry of {@code allow}
 * @param caller the caller that the entry names, or empty for a rule that stands there itself
 * @param position of the rule within that caller
 */
record AllowedRule(int entry, String caller, int position, Rule rule) {

    /** The entry for people: {@code allow[0] release-pipelines[1]}. */
    String label() {
        var label = "allow[" + entry + "]";
        return caller.isEmpty() ? label : label + " " + caller + "[" + position + "]";
    }

    /** Where the entry stands. */
    Place place(Place allow) {
        return allow.value() instanceof JsonArray array
                ? allow.item(entry, array.items().get(entry))
                : allow;
    }
}
