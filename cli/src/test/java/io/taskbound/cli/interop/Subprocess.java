// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.interop;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A finished program. Its input comes from a file and its output goes to files, so that neither side can block. */
record Subprocess(int code, String out, String err) {
    private static final int PATIENCE_SECONDS = 90;

    /** @throws IOException when there is no such program */
    static Subprocess run(Path folder, String input, List<String> command) throws IOException {
        var files = Files.createTempDirectory("taskbound-subprocess");
        try {
            return run(folder, command, Files.writeString(files.resolve("in"), input));
        } finally {
            for (var name : List.of("in", "out", "err")) {
                Files.deleteIfExists(files.resolve(name));
            }
            Files.delete(files);
        }
    }

    private static Subprocess run(Path folder, List<String> command, Path input) throws IOException {
        var out = input.resolveSibling("out");
        var err = input.resolveSibling("err");
        var process = new ProcessBuilder(command)
                .directory(folder.toAbsolutePath().toFile())
                .redirectInput(input.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        return new Subprocess(codeOf(process), Files.readString(out, UTF_8), Files.readString(err, UTF_8));
    }

    private static int codeOf(Process process) {
        try {
            if (process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return process.exitValue();
            }
            throw new AssertionError("not finished after " + PATIENCE_SECONDS + " s");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        } finally {
            process.destroyForcibly();
        }
    }
}
