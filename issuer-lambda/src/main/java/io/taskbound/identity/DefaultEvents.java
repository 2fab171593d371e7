// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import java.util.List;

/** What started a run, and the starts that are let in where a rule says nothing about the claim (security R22). */
public record DefaultEvents(String claim, List<String> allowed) {
    public DefaultEvents {
        allowed = List.copyOf(allowed);
    }
}
