// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.cli.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * docs/policy-questions.md: what it says that the commands print is what they print. With the property
 * {@code taskbound.docs.write} the page is written again instead.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the page's lines are of a POSIX shell")
class PolicyQuestionsPageTest {
    private static final Pattern FILE = Pattern.compile("(?s)<!-- file: (\\S+) -->\\n```yaml\\n(.*?)```");
    private static final Pattern EXAMPLE = Pattern.compile("(?s)(```sh\\n(.*?)```\\n\\n)```(text|markdown)\\n(.*?)```");
    private static final String CODE = " || echo \"exit code $?\"";

    @TempDir
    private Path folder;

    @Test
    void whatThePageShowsIsWhatTheCommandsPrint() throws Exception {
        var page = Trial.ROOT.resolve("docs/policy-questions.md");
        var text = Files.readString(page);
        for (var file : FILE.matcher(text).results().toList()) {
            Files.writeString(folder.resolve(file.group(1)), file.group(2));
        }
        var written = new StringBuilder();
        var examples = EXAMPLE.matcher(text);
        int count = 0;
        while (examples.find()) {
            var printed = type(examples.group(2).strip());
            if (Boolean.getBoolean("taskbound.docs.write")) {
                examples.appendReplacement(
                        written,
                        java.util.regex.Matcher.quoteReplacement(
                                examples.group(1) + "```" + examples.group(3) + "\n" + printed + "```"));
            } else {
                assertThat(examples.group(4)).as(examples.group(2)).isEqualTo(printed);
            }
            count++;
        }
        assertThat(count).isGreaterThan(4);
        if (!written.isEmpty()) {
            Files.writeString(page, examples.appendTail(written).toString());
        }
    }

    /** The page's own command in this process, and any other in a shell. */
    private String type(String lines) throws IOException, InterruptedException {
        var printed = new StringBuilder();
        for (var line : lines.split("\n")) {
            if (!line.startsWith("taskbound ")) {
                printed.append(Program.run(folder, Map.of(), "", List.of("sh", "-ec", line)));
                continue;
            }
            boolean asksCode = line.endsWith(CODE);
            var ran = Ran.of(words(asksCode ? line.substring(0, line.length() - CODE.length()) : line));
            assertThat(ran.err()).as(line).isEmpty();
            assertThat(ran.code() == 0).as(line + " ends with " + ran.code()).isNotEqualTo(asksCode);
            printed.append(ran.out());
            if (asksCode) {
                printed.append("exit code ").append(ran.code()).append('\n');
            }
        }
        return printed.toString();
    }

    private String[] words(String line) {
        var words = new ArrayList<>(List.of(line.split(" ")));
        words.remove(0);
        words.replaceAll(word -> word.endsWith(".yaml") ? folder.resolve(word).toString() : word);
        return words.toArray(String[]::new);
    }
}
