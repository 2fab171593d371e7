// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.idtoken;

import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.client.IdToken;
import java.io.File;
import java.io.IOException;
import java.util.List;

/** A shell command that prints an ID token. It finds the audience to ask for in {@value #AUDIENCE}. */
record IdTokenCommand(String command, CommandContext context) implements IdTokenSource {
    static final String AUDIENCE = IdTokenProgram.AUDIENCE;
    private static final boolean WINDOWS = File.separatorChar == '\\';

    @Override
    public IdToken fetch(String audience) throws Complaint {
        var shell = WINDOWS ? List.of("cmd", "/c", command) : List.of("sh", "-c", command);
        try {
            var printed = new IdTokenProgram(shell, context).run(audience);
            if (printed.exitCode() != 0) {
                throw Complaint.refused(
                        "--id-token-command ended with exit code " + printed.exitCode() + ".",
                        "Its error output is above.");
            }
            return IdTokenText.checked(printed.text(), "What --id-token-command printed");
        } catch (IOException noShell) {
            throw Complaint.refused("--id-token-command cannot be started.", "It needs a shell (sh, cmd on Windows).");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw Complaint.refused("Interrupted while --id-token-command ran.", "Run it again.");
        }
    }
}
