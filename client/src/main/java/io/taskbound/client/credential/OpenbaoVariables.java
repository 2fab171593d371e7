// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.credential;

import java.util.LinkedHashMap;
import java.util.Set;

/** The variables of the programs {@code vault} and {@code bao}, which read each their own. */
final class OpenbaoVariables {
    /**
     * An agent's address comes before the server's, and would get the token; a namespace of another server is wrong.
     */
    private static final Set<String> FOREIGN =
            Set.of("VAULT_AGENT_ADDR", "BAO_AGENT_ADDR", "VAULT_NAMESPACE", "BAO_NAMESPACE");

    private OpenbaoVariables() {}

    static StepVariables of(OpenbaoCredential credential) {
        var added = new LinkedHashMap<String, String>();
        for (var program : new String[] {"VAULT", "BAO"}) {
            added.put(program + "_TOKEN", credential.token());
            added.put(program + "_ADDR", credential.address().toString());
            credential.namespace().ifPresent(namespace -> added.put(program + "_NAMESPACE", namespace));
        }
        return StepVariables.with(added, FOREIGN);
    }
}
