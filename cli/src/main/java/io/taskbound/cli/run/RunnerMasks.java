// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.run;

import io.taskbound.client.TaskToken;
import io.taskbound.client.TokenMasks;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Tells the runner of GitHub Actions what to hide, by workflow commands on stderr, which it reads as it reads stdout. The
 * command's stdout may be caught by a script, and then a mask on it would be the leak.
 */
final class RunnerMasks {
    private static final Path STDERR = Path.of("/dev/stderr");

    private RunnerMasks() {}

    static void register(TaskToken token, StepLog log) {
        if (!log.onGithub()) {
            return;
        }
        if (Files.isRegularFile(STDERR)) {
            log.warn("taskbound: stderr is a file, so the runner could not be told to mask the token");
            return;
        }
        TokenMasks.of(token).forEach(mask -> log.command("add-mask", mask));
    }
}
