// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A command line is public on its machine: no example of ours may put a token or a secret on one. */
class CommandLinesHoldNoSecretTest {
    private static final List<Pattern> SECRETS = List.of(
            Pattern.compile("eyJ[A-Za-z0-9_-]{8,}"),
            Pattern.compile("curl[^\\n]*Authorization: *(Bearer|Basic)", Pattern.CASE_INSENSITIVE),
            Pattern.compile("curl[^\\n]*(-d|--data\\S*)[ =]*['\"]?(subject_)?token="),
            Pattern.compile("curl[^\\n]*\\s(-u|--user)[ =]"),
            Pattern.compile("--(token|secret|client-secret|id-token)[ =](?!-file)"),
            Pattern.compile("taskbound verify +[^@\\s\\[-]"));

    private static final List<String> COMMANDS = List.of(
            "",
            "demo",
            "serve",
            "dev",
            "dev token",
            "dev id-token",
            "run",
            "approvals",
            "approve",
            "deny",
            "policy",
            "policy check",
            "policy explain",
            "policy secret",
            "mcp-gateway",
            "guard",
            "verify");

    @Test
    void noHelpTextDoes() {
        for (var command : COMMANDS) {
            assertClean(
                    "help of " + command,
                    Ran.of((command + " --help").strip().split(" ")).out());
        }
    }

    @Test
    void neitherReadmeNorDocsDo() throws IOException {
        var root = Path.of(Objects.requireNonNull(System.getProperty("taskbound.root"), "taskbound.root"));
        try (var files = documents(root)) {
            files.forEach(file -> assertClean(file.toString(), withoutContinuations(file)));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "curl -H 'Authorization: Bearer abc' x",
                "curl -u signer:secret x",
                "curl -d token=abc x",
                "curl --data-urlencode subject_token=abc x",
                "taskbound verify abc.def.ghi",
                "taskbound run --token abc",
                "eyJhbGciOiJFUzI1NiJ9"
            })
    void thePatternsFindWhatTheyAreFor(String bad) {
        assertThat(SECRETS).anyMatch(pattern -> pattern.matcher(bad).find());
    }

    private static Stream<Path> documents(Path root) throws IOException {
        return Files.walk(root)
                .filter(file -> !file.toString().contains("/target/")
                        && !file.toString().contains("/node_modules/")
                        && !file.toString().contains("/.git/"))
                .filter(file -> file.toString().endsWith(".md"));
    }

    private static String withoutContinuations(Path file) {
        try {
            return Files.readString(file).replaceAll("\\\\\\R\\s*", " ");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static void assertClean(String where, String text) {
        for (var pattern : SECRETS) {
            assertThat(pattern.matcher(text).results().map(match -> match.group()))
                    .as(where)
                    .isEmpty();
        }
    }
}
