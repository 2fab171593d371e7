// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.run;

import io.taskbound.cli.terminal.EndSignal;
import io.taskbound.cli.terminal.ProcessEnvironment;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The wrapped command: on our terminal, in our process group, with our stdin, stdout and stderr themselves. */
final class WrappedProcess {
    private static final boolean WINDOWS = File.separatorChar == '\\';

    private final Process process;

    private WrappedProcess(Process process) {
        this.process = process;
    }

    static WrappedProcess start(List<String> command, Map<String, String> environment) throws IOException {
        var builder = new ProcessBuilder(command).inheritIO();
        ProcessEnvironment.replace(builder.environment(), environment);
        return new WrappedProcess(builder.start());
    }

    /** Its end. What it has forked may outlive it, as it would without us. */
    CompletableFuture<Process> end() {
        return process.onExit();
    }

    /** As a shell reports it: 128 + n after signal n. */
    int exitCode() {
        return process.exitValue();
    }

    /** Hands a signal on, unless it has died or the terminal has told it already. */
    void forward(EndSignal signal) {
        if (!process.isAlive() || (signal == EndSignal.INT && ForegroundGroup.isOurs())) {
            return;
        }
        if (WINDOWS || signal == EndSignal.TERM || !killed(signal)) {
            process.destroy();
        }
    }

    /**
     * Java itself can send no other signal than TERM and KILL; every shell has this builtin, not every image a kill.
     */
    private boolean killed(EndSignal signal) {
        var command = List.of(
                "/bin/sh", "-c", "kill -s \"$1\" \"$2\"", "sh", signal.posixName(), Long.toString(process.pid()));
        try {
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (IOException noShell) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** True when it ended in time. */
    boolean endsWithin(Duration grace) {
        try {
            return process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** SIGKILL, also for what it has started and not let go. */
    void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
