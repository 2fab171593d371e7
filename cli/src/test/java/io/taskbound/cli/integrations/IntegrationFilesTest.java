// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.integrations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each folder of integrations/ can become a repository of its own. */
class IntegrationFilesTest {
    private static final Path INTEGRATIONS = Recipe.ROOT.resolve("integrations");
    private static final Pattern RELATIVE = Pattern.compile("\\]\\((?!https:|#)([^)]+)\\)");
    private static final Pattern VERSION = Pattern.compile("taskbound/taskbound(?:/run)?[:@#]v?([0-9][^\\s\"`):/]*)");

    static Stream<Path> folders() throws IOException {
        try (var folders = Files.list(INTEGRATIONS)) {
            return folders.filter(Files::isDirectory).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("folders")
    void linksLeadNowhereOutsideTheFolder(Path folder) throws IOException {
        var links = RELATIVE.matcher(Files.readString(folder.resolve("README.md")))
                .results()
                .map(link -> link.group(1))
                .toList();
        assertThat(links)
                .contains("policy.yaml")
                .allSatisfy(link -> assertThat(folder.resolve(link).normalize())
                        .startsWith(folder)
                        .exists());
    }

    @ParameterizedTest
    @CsvSource({"gitlab, LICENSE.md", "buildkite, LICENSE", "circleci, LICENSE", "tekton, LICENSE"})
    void hasTheLicence(String folder, String file) {
        assertThat(INTEGRATIONS.resolve(folder).resolve(file)).hasSameTextualContentAs(Recipe.ROOT.resolve("LICENSE"));
    }

    /** One version everywhere, and none that moves. */
    @ParameterizedTest
    @MethodSource("folders")
    void namesTheVersionThatIsBuiltHere(Path folder) throws IOException {
        var built = Files.readAllLines(Recipe.ROOT.resolve("pom.xml")).stream()
                .filter(line -> line.contains("<version>"))
                .findFirst()
                .orElseThrow()
                .replaceAll(".*<version>([0-9.]+)(-SNAPSHOT)?</version>.*", "$1");
        for (var file : files(folder)) {
            assertThat(VERSION.matcher(Files.readString(file)).results().map(version -> version.group(1)))
                    .as(file.toString())
                    .allMatch(version -> version.equals(built));
        }
    }

    /** CircleCI takes sh where an image or an executor says so; not every sh knows what bash knows. */
    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "needs sh")
    void aStepOfTheOrbSplitsItsLinesInAnyShell(@TempDir Path bin) throws Exception {
        var step = Recipes.orbCommand(
                "with-task-token",
                Map.of(
                        "issuer", "https://tokens.acme.example",
                        "task", "deploy",
                        "command", "true",
                        "identifiers", "env:production\nenv:a b",
                        "actions", "",
                        "targets", ""));
        var taskbound = Files.writeString(bin.resolve("taskbound"), "#!/bin/sh\nprintf '[%s]' \"$@\"\n");
        assertThat(taskbound.toFile().setExecutable(true)).isTrue();
        var builder = new ProcessBuilder("sh", "-e", "-c", step.command().get(4)).redirectErrorStream(true);
        builder.environment().putAll(step.environment());
        builder.environment().put("PATH", bin + ":" + System.getenv("PATH"));
        var process = builder.start();
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("[--identifier][env:production][--identifier][env:a b][--]");
        assertThat(process.waitFor()).isZero();
    }

    private static List<Path> files(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
