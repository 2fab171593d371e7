// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.publish;

import io.taskbound.cli.terminal.Complaint;
import io.taskbound.issuer.CurrentPolicy;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import io.taskbound.ledger.PolicyStore;
import io.taskbound.policy.Policy;
import java.util.Optional;

/**
 * A checked policy that is to be put in force.
 *
 * @param from where it was read, for people
 * @param text its canonical JSON
 */
record Proposal(String from, String text, Policy policy) {

    static Proposal of(String from, JsonObject canonical, Policy policy, Optional<String> issuer) throws Complaint {
        var text = JsonText.canonical(canonical);
        try {
            PolicyStore.partsOf(text);
        } catch (IllegalArgumentException e) {
            throw Complaint.refused(
                    "The policy " + from + " is too large to be published: " + e.getMessage() + ".",
                    "Nothing was written.");
        }
        requireOthers(from, policy, issuer);
        return new Proposal(from, text, policy);
    }

    /** The issuer would refuse it, too, but then it is published. */
    private static void requireOthers(String from, Policy policy, Optional<String> issuer) throws Complaint {
        if (issuer.isEmpty()) {
            return;
        }
        try {
            CurrentPolicy.requireOthers(policy, issuer.get());
        } catch (IllegalArgumentException e) {
            throw Complaint.refused(
                    "The policy " + from + " would be refused: " + e.getMessage() + ".",
                    "A provider is the CI system; this issuer is " + issuer.get() + ".");
        }
    }

    String hash() {
        return policy.version().hash();
    }
}
