// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import java.util.List;

/**
 * What started a run.
 *
 * @param allowed the events that are let in where a rule says nothing about the claim (threat model R22)
 * @param startedByStrangers events that run with the project's rights on what a stranger proposes
 */
public record DefaultEvents(String claim, List<String> allowed, List<String> startedByStrangers) {
    public DefaultEvents {
        allowed = List.copyOf(allowed);
        startedByStrangers = List.copyOf(startedByStrangers);
    }
}
