// SPDX-License-Identifier: Apache-2.0
package io.taskbound.release;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** A program of the release, run from another folder, as a workflow may. */
final class Script {
    static final Path ROOT = Path.of(Objects.requireNonNull(System.getProperty("taskbound.root"), "taskbound.root"));

    private Script() {}

    /** In an environment with nothing but a path, so that a runner's own variables do not matter. */
    static Ended run(Path folder, List<String> command) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().keySet().retainAll(List.of("PATH"));
        var process = builder.start();
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(1, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError("still running; it said:\n" + output);
        }
        return new Ended(process.exitValue(), output);
    }
}
