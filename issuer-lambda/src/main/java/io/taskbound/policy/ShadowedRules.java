// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

/**
 * Points out rules that add nothing, because another of the same task lets in everybody that they do (threat model
 * R27). Often the sign that the wider one was meant to be narrower.
 */
final class ShadowedRules {
    private final Faults faults;

    ShadowedRules(Faults faults) {
        this.faults = faults;
    }

    void check(AllowedRules allowed, Place allow) {
        if (!faults.areForPeople()) {
            return;
        }
        for (var found : allowed.shadowed()) {
            faults.warning(
                    FaultCode.SHADOWED,
                    found.narrow().place(allow),
                    found.narrow().rule(),
                    found.narrow().label() + " adds nothing: " + found.wide().label() + " lets in all that it does",
                    "remove it, or narrow the other");
        }
    }
}
