// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** docs/five-minutes.md tells as many commands as its readers will type. */
class FiveMinutesPageTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "GitHub workflow authors, try-github-action.md, Try it",
        "cloud administrators, five-minutes.md, Cloud administrators",
        "services behind a gateway, guard.md, Try it",
        "services on Spring Boot, spring.md, Try it"
    })
    void theTableHasTheNumberOfCommandsOfThePage(String who, String page, String heading) throws Exception {
        var row = Files.readAllLines(Trial.ROOT.resolve("docs/five-minutes.md")).stream()
                .filter(line -> line.startsWith("| " + who + " |"))
                .toList();
        assertThat(row).singleElement().asString().contains("| " + commands(page, heading) + " |");
    }

    /** A command's further lines, and what is inside a function, are indented. */
    private long commands(String page, String heading) throws Exception {
        return Trial.of(page, heading, folder).blocks().stream()
                .flatMap(String::lines)
                .filter(line -> line.matches("[^\\s}#].*"))
                .count();
    }
}
