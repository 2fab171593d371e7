// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.run;

import io.taskbound.client.TaskToken;
import io.taskbound.client.credential.Credential;
import io.taskbound.client.step.TokenMasks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Tells the runner of GitHub Actions what to hide, by workflow commands on stderr, which it reads as it reads stdout.
 * The command's stdout may be caught by a script, and then a mask on it would be the leak; so it never stands in for
 * stderr.
 */
final class RunnerMasks {
    private static final Path STDERR = Path.of("/dev/stderr");
    private static final Path NOWHERE = Path.of("/dev/null");

    private RunnerMasks() {}

    static void register(TaskToken token, StepLog log) {
        if (!log.onGithub()) {
            return;
        }
        if (!reachesTheRunner()) {
            tell("taskbound: stderr is redirected, so the runner could not be told to mask the token", log);
            return;
        }
        TokenMasks.of(token).forEach(mask -> log.command("add-mask", mask));
    }

    /** Before the command starts. Where the runner cannot be told, that was said of the token. */
    static void register(Credential credential, StepLog log) {
        if (log.onGithub() && reachesTheRunner()) {
            TokenMasks.of(credential).forEach(mask -> log.command("add-mask", mask));
        }
    }

    /** One that follows while the command prints. */
    static void registerNext(Credential credential, StepLog log) {
        if (log.onGithub() && reachesTheRunner()) {
            log.commandsAmid("add-mask", TokenMasks.ofNext(credential));
        }
    }

    private static boolean reachesTheRunner() {
        return !Files.isRegularFile(STDERR) && !isThrownAway();
    }

    /** Also where the run shows it: nobody need ever look into that file. */
    private static void tell(String text, StepLog log) {
        log.warn(text);
        log.context().variable("GITHUB_STEP_SUMMARY").ifPresent(file -> append(Path.of(file), text));
    }

    private static void append(Path summary, String text) {
        try {
            Files.writeString(summary, text + "\n\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException notWritable) {
            // Said on stderr all the same; a step does not fail for its summary.
            return;
        }
    }

    private static boolean isThrownAway() {
        try {
            return Files.exists(NOWHERE) && Files.isSameFile(STDERR, NOWHERE);
        } catch (IOException noStderr) {
            return false;
        }
    }
}
