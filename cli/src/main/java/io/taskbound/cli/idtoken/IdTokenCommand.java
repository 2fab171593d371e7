// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.idtoken;

import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.ProcessEnvironment;
import io.taskbound.client.IdToken;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A shell command that prints an ID token. It finds the audience to ask for in {@value #AUDIENCE}; what it prints is
 * read here and shown nowhere, its error output is shown.
 */
record IdTokenCommand(String command, CommandContext context) implements IdTokenSource {
    static final String AUDIENCE = "TASKBOUND_AUDIENCE";
    private static final int MAX_BYTES = 64 * 1024;
    private static final boolean WINDOWS = File.separatorChar == '\\';

    @Override
    public IdToken fetch(String audience) throws Complaint {
        try {
            return IdTokenText.checked(outputFor(audience), "What --id-token-command printed");
        } catch (IOException noShell) {
            throw Complaint.refused("--id-token-command cannot be started.", "It needs a shell (sh, cmd on Windows).");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw Complaint.refused("Interrupted while --id-token-command ran.", "Run it again.");
        }
    }

    private String outputFor(String audience) throws IOException, InterruptedException, Complaint {
        var process = start(audience);
        process.getOutputStream().close();
        try (var output = process.getInputStream()) {
            var octets = output.readNBytes(MAX_BYTES);
            output.transferTo(OutputStream.nullOutputStream());
            int code = process.waitFor();
            if (code != 0) {
                throw Complaint.refused(
                        "--id-token-command ended with exit code " + code + ".", "Its error output is above.");
            }
            return new String(octets, StandardCharsets.UTF_8);
        } finally {
            process.destroy();
        }
    }

    private Process start(String audience) throws IOException {
        var builder = new ProcessBuilder(WINDOWS ? List.of("cmd", "/c", command) : List.of("sh", "-c", command));
        ProcessEnvironment.replace(builder.environment(), context.environment());
        builder.environment().put(AUDIENCE, audience);
        return builder.redirectError(Redirect.INHERIT).start();
    }
}
