// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.cli.Ran;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of docs/policy-tests.md are written, its commands run, and their output compared. */
class PolicyTestsPageTest {
    private static final Pattern FILE = Pattern.compile("(?s)```yaml\\n# (\\S+)\\n(.*?)```");
    private static final Pattern COMMAND = Pattern.compile("(?s)```console\\n\\$ taskbound ([^\\n]+)\\n(.*?)```");

    @TempDir
    private Path folder;

    @Test
    void saysWhatTheCommandsPrint() throws Exception {
        var root = Path.of(Objects.requireNonNull(System.getProperty("taskbound.root"), "taskbound.root"));
        var page = Files.readString(root.resolve("docs/policy-tests.md"));
        for (var file : FILE.matcher(page).results().toList()) {
            var path = folder.resolve(file.group(1));
            Files.createDirectories(Objects.requireNonNull(path.getParent()));
            // The first line is the name, so that lines are counted as the page shows them.
            Files.writeString(path, "# " + file.group(1) + "\n" + file.group(2));
        }
        var commands = COMMAND.matcher(page).results().toList();
        assertThat(commands).hasSize(5);
        for (var command : commands) {
            var ran = run(command.group(1));
            assertThat(ran.out().replace(folder + "/", ""))
                    .as(command.group(1) + ran.err())
                    .isEqualTo(command.group(2));
            assertThat(ran.code()).isEqualTo(command.group(2).contains("FAILED") ? 1 : 0);
        }
    }

    private Ran run(String line) {
        var words = Stream.of(line.split(" "))
                .map(word -> Files.exists(folder.resolve(word))
                        ? folder.resolve(word).toString()
                        : word)
                .toArray(String[]::new);
        return Ran.with(Map.of("GITHUB_WORKSPACE", folder.toString()), "", words);
    }
}
