// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.taskbound.cli.Ran;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The manual page says what the help says, and is one that {@code man} can show. */
class ManPageTest {
    private static final String PAGE = Ran.of("man").out();
    private static final String READ =
            PAGE.replace("\\-", "-").replace("\\(aq", "'").replace("\\(ga", "`");
    private static final Pattern COMMAND = Pattern.compile("^  ([a-z][a-z-]+)  ", Pattern.MULTILINE);
    private static final Pattern OPTION = Pattern.compile("^ {2,6}(?:-[a-zA-Z], )?(--[a-z][a-z-]+)", Pattern.MULTILINE);

    @TempDir
    Path folder;

    private static List<String> commands(String path) {
        var all = new ArrayList<String>();
        COMMAND.matcher(Ran.of((path + " --help").strip().split(" "))
                        .out()
                        .replaceFirst("(?s)^.*Commands:", "Commands:"))
                .results()
                .map(found -> (path + " " + found.group(1)).strip())
                .forEach(command -> {
                    all.add(command);
                    if (Ran.of((command + " --help").split(" ")).out().contains("\nCommands:")) {
                        all.addAll(commands(command));
                    }
                });
        return all;
    }

    @Test
    void hasEachCommandWithEachOfItsOptions() {
        var commands = commands("");
        assertThat(commands).contains("run", "policy check", "man").hasSizeGreaterThan(30);
        for (var command : commands) {
            assertThat(READ).contains("\n.SS \"taskbound " + command + "\"\n");
            var section = READ.substring(READ.indexOf("\n.SS \"taskbound " + command + "\"\n") + 1);
            var own = section.substring(0, (section + "\n.S").indexOf("\n.S", 1));
            var help = Ran.of((command + " --help").split(" ")).out().replaceFirst("(?s)\n(Commands|Examples?):.*", "");
            OPTION.matcher(help).results().map(found -> found.group(1)).forEach(option -> {
                if (!option.equals("--help")) {
                    assertThat(own).as(command).containsPattern("\n\\.B \"(-[a-zA-Z], )?" + option + "[ \",]");
                }
            });
        }
    }

    /** Text of ours must never become a request of roff's. */
    @Test
    void everyRequestIsOneOfTheFew() {
        assertThat(PAGE.lines().filter(line -> line.startsWith(".") || line.startsWith("'")))
                .allMatch(line -> line.matches("\\.(TH|nr|ad|SH|SS|PP|TP|B|EX|EE)( .*)?"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/usr/bin/man --warnings -E UTF-8 -l PAGE", "/usr/bin/mandoc -T lint -W warning PAGE"})
    void noProgramThatShowsItWarns(String line) throws Exception {
        var file = Files.writeString(folder.resolve("taskbound.1"), PAGE);
        var words = List.of(line.replace("PAGE", file.toString()).split(" "));
        assumeTrue(Files.isExecutable(Path.of(words.get(0))), () -> "NOT RUN: no " + words.get(0) + " here");
        var process = new ProcessBuilder(words)
                .redirectOutput(folder.resolve("shown").toFile())
                .redirectError(folder.resolve("warnings").toFile())
                .start();
        int code = process.waitFor();
        assertThat(Files.readString(folder.resolve("warnings"))).isEmpty();
        assertThat(code).isZero();
        if (line.contains("man -")) {
            assertThat(Files.readString(folder.resolve("shown"), StandardCharsets.UTF_8))
                    .doesNotContain("\u2010");
        }
    }
}
