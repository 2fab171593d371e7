// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.idtoken;

import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.client.IdToken;
import java.util.Optional;

/** An ID token in an environment variable, as GitLab hands it over. */
record IdTokenVariable(String name, CommandContext context) implements IdTokenSource {
    static final String DEFAULT_NAME = "TASKBOUND_ID_TOKEN";

    @Override
    public IdToken fetch(String audience) throws Complaint {
        var text = context.variable(name);
        if (text.isEmpty()) {
            throw Complaint.refused(
                    "The variable " + name + " is not set, so there is no ID token.", gitlab(name, audience));
        }
        return IdTokenText.checked(text.get(), "The variable " + name);
    }

    /** What to write into {@code .gitlab-ci.yml}. */
    static String gitlab(String name, String audience) {
        return "In GitLab, request one for the job in .gitlab-ci.yml:\n  id_tokens:\n    " + name + ":\n      aud: "
                + audience;
    }

    @Override
    public Optional<String> variable() {
        return Optional.of(name);
    }
}
