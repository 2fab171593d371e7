// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.idtoken;

import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.ProcessEnvironment;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A program that prints an ID token. It finds the audience to ask for in {@value #AUDIENCE}; what it prints is read
 * here and shown nowhere, its error output is shown.
 */
record IdTokenProgram(List<String> line, CommandContext context) {
    static final String AUDIENCE = "TASKBOUND_AUDIENCE";
    private static final int MAX_BYTES = 64 * 1024;

    record Printed(int exitCode, String text) {
        @Override
        public String toString() {
            return "Printed[secret]";
        }
    }

    /** What it printed, once it has ended; an {@link IOException} where it cannot be started. */
    Printed run(String audience) throws IOException, InterruptedException {
        var process = start(audience);
        process.getOutputStream().close();
        try (var output = process.getInputStream()) {
            var bytes = output.readNBytes(MAX_BYTES);
            output.transferTo(OutputStream.nullOutputStream());
            return new Printed(process.waitFor(), new String(bytes, StandardCharsets.UTF_8));
        } finally {
            process.destroy();
        }
    }

    private Process start(String audience) throws IOException {
        var builder = new ProcessBuilder(line);
        ProcessEnvironment.replace(builder.environment(), context.environment());
        builder.environment().put(AUDIENCE, audience);
        return builder.redirectError(Redirect.INHERIT).start();
    }
}
