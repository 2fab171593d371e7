// SPDX-License-Identifier: Apache-2.0
package io.taskbound.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The repository that the Marketplace sees: whole, and nothing beside. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "releases are made on Linux")
class ActionRepositoryTest {
    private static final String SOURCES = "https://github.com/taskbound/taskbound";
    private static final Pattern RELATIVE = Pattern.compile("]\\((?![a-z]+:|#)([^)#\\s]+)");

    @TempDir
    private Path temporary;

    private Path repository;

    @BeforeEach
    void make() throws Exception {
        repository = temporary.resolve("repository");
        var script = Script.ROOT.resolve("release/action-repository").toString();
        var made = Script.run(temporary, List.of("bash", script, SOURCES, "v1.2.3", repository.toString()));
        assertThat(made).isEqualTo(new Ended(0, ""));
    }

    @Test
    void holdsTheActionAndNoWorkflow() throws IOException {
        try (var files = Files.walk(repository)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> repository.relativize(file).toString()))
                    .containsExactlyInAnyOrder(
                            "CHANGELOG.md",
                            "LICENSE",
                            "README.md",
                            "action.yml",
                            "approve/action.yml",
                            "close/action.yml",
                            "dist/approve.cjs",
                            "dist/close.cjs",
                            "dist/main.cjs",
                            "dist/post.cjs");
        }
    }

    @Test
    void itsReadmeLeadsNowhereThatIsNotPublished() throws IOException {
        var readme = Files.readString(repository.resolve("README.md"));
        assertThat(RELATIVE.matcher(readme).results().map(link -> repository.resolve(link.group(1))))
                .allMatch(Files::exists);
    }

    @Test
    void itsChangelogLeadsNowhereThatIsNotPublished() throws IOException {
        var changelog = Files.readString(repository.resolve("CHANGELOG.md"));
        assertThat(changelog).startsWith("# Changelog");
        assertThat(RELATIVE.matcher(changelog)
                        .results()
                        .map(link -> link.group(1).replaceFirst("#.*", "")))
                .isNotEmpty()
                .allMatch(link -> Files.exists(repository.resolve(link)));
    }

    @Test
    void startsFromWhereItLies() throws Exception {
        assumeTrue(isInstalled("node"), "NOT RUN: node is not installed");
        var ran = Script.run(repository, List.of("node", "dist/main.cjs"));
        assertThat(ran.output()).contains("issuer is missing", "task is missing");
        assertThat(ran.code()).isEqualTo(2);
    }

    private static boolean isInstalled(String name) {
        return List.of(System.getenv("PATH").split(File.pathSeparator)).stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    }
}
