// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.taskbound.cli.ChildJvm;
import io.taskbound.cli.overhttp.LiveIssuer;
import io.taskbound.cli.overhttp.OneIssuer;
import io.taskbound.cli.overhttp.TestPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** At a terminal, which Python makes for us. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "NOT RUN: the terminal is looked up in Linux's /proc")
@ExtendWith(OneIssuer.class)
class RunTerminalIT {
    /** Starts its arguments on a terminal, types Ctrl-C once they say READY, and prints all that was on the screen. */
    private static final String TERMINAL = """
            import os, pty, signal, sys
            pid, screen = pty.fork()
            if pid == 0:
                signal.signal(signal.SIGINT, signal.SIG_DFL)
                os.execvp(sys.argv[1], sys.argv[1:])
            seen, typed = b"", False
            while True:
                try:
                    part = os.read(screen, 4096)
                except OSError:
                    break
                if not part:
                    break
                seen += part
                if not typed and b"READY" in seen:
                    typed = True
                    os.write(screen, b"\\x03")
            code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
            print(seen.decode(), "CODE", code)
            """;

    private static final String COMMAND = "test -t 0 && test -t 1 || exit 9;"
            + " trap 'echo GOT; n=$((n+1))' INT; echo READY; i=0; while [ $i -lt 20 ]; do sleep 0.1; i=$((i+1)); done;"
            + " echo \"count $n\"";

    @TempDir
    private Path folder;

    private final LiveIssuer issuer;

    RunTerminalIT(LiveIssuer issuer) {
        this.issuer = issuer;
    }

    @Test
    void aCtrlCReachesTheCommandOnceAndTheCommandHasTheTerminal() throws Exception {
        assumeTrue(hasPython(), "NOT RUN: python3 is not installed");
        var screen = onTerminal(List.of("sh", "-c", COMMAND));
        assertThat(screen)
                .contains("count 1")
                .contains("taskbound: closed by cancel")
                .contains("CODE 0");
    }

    private String onTerminal(List<String> command) throws Exception {
        var script = Files.writeString(folder.resolve("terminal.py"), TERMINAL);
        var deploy = TestPolicy.deploy();
        var line = new ArrayList<>(List.of("python3", script.toString()));
        line.addAll(ChildJvm.forRun());
        line.addAll(List.of(
                "run",
                "--issuer",
                issuer.url(),
                "--task",
                deploy.string("task").orElseThrow(),
                "--identifier",
                deploy.string("identifier").orElseThrow(),
                "--"));
        line.addAll(command);
        var builder = new ProcessBuilder(line).redirectErrorStream(true);
        builder.environment().put("TASKBOUND_ID_TOKEN", issuer.idToken());
        builder.redirectOutput(folder.resolve("screen").toFile());
        var process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return Files.readString(folder.resolve("screen"));
    }

    private static boolean hasPython() throws InterruptedException {
        try {
            return new ProcessBuilder("python3", "--version").start().waitFor() == 0;
        } catch (IOException notInstalled) {
            return false;
        }
    }
}
