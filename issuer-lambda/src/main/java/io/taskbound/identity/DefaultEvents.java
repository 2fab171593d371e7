// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import java.util.List;

/**
 * What started a run.
 *
 * @param allowed the events that are allowed if a rule says nothing about the claim (threat model R22)
 * @param startedByStrangers events that run a stranger's code with the project's permissions
 */
public record DefaultEvents(String claim, List<String> allowed, List<String> startedByStrangers) {
    public DefaultEvents {
        allowed = List.copyOf(allowed);
        startedByStrangers = List.copyOf(startedByStrangers);
    }
}
