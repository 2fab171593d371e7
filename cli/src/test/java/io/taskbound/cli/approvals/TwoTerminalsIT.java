// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.approvals;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.cli.ChildJvm;
import io.taskbound.cli.Ran;
import io.taskbound.cli.TaskboundProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A step in one process waits for a person in another, before the issuer of {@code serve --dev}: as in
 * docs/approve-command.md, whose lines are run as they stand there.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the lines are of a POSIX shell")
class TwoTerminalsIT {
    private static final Path PAGE = Path.of(
                    Objects.requireNonNull(System.getProperty("taskbound.root"), "taskbound.root"))
            .resolve("docs/approve-command.md");
    private static final Pattern COMMAND = Pattern.compile("taskbound approve (\\S+)");

    @TempDir
    private static Path folder;

    private static TaskboundProcess issuer;
    private static String url;

    @BeforeAll
    static void serve() throws Exception {
        issuer = TaskboundProcess.start(
                "serve", "--dev", "--port", "0", "--data", folder.resolve("try").toString());
        url = issuer.awaitUrl();
        script(
                "taskbound",
                "case \"$1\" in run) exec '" + String.join("' '", ChildJvm.forRun()) + "' \"$@\";; esac; exec '"
                        + String.join("' '", ChildJvm.taskbound()) + "' \"$@\"");
    }

    @AfterAll
    static void stop() {
        issuer.close();
    }

    private static void script(String name, String body) throws IOException {
        var file = Files.createDirectories(folder.resolve("bin")).resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    /** The page's line that begins so. */
    private static String line(String beginning) throws IOException {
        return Files.readString(PAGE)
                .lines()
                .filter(line -> line.startsWith(beginning))
                .filter(line -> line.contains("taskbound dev id-token"))
                .findFirst()
                .orElseThrow();
    }

    private static String line(String beginning, String end) throws IOException {
        return Files.readString(PAGE)
                .lines()
                .filter(line -> line.startsWith(beginning) && line.endsWith(end))
                .findFirst()
                .orElseThrow();
    }

    /** A line in a shell of its own, as in a terminal of its own. */
    private static final class Shell implements AutoCloseable {
        private final Process process;
        private final Path output;

        Shell(String name, String line, String stdin, Map<String, String> environment) throws IOException {
            output = folder.resolve(name + ".txt");
            var builder = new ProcessBuilder("sh", "-c", "exec " + line)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().keySet().removeIf(variable -> variable.matches("(ACTIONS|GITHUB|TASKBOUND)_.*"));
            builder.environment()
                    .put(
                            "PATH",
                            folder.resolve("bin") + ":" + builder.environment().get("PATH"));
            builder.environment().put("TASKBOUND_ISSUER", url);
            builder.environment().putAll(environment);
            process = builder.start();
            try (var input = process.getOutputStream()) {
                input.write(stdin.getBytes(UTF_8));
            }
        }

        String said() throws IOException {
            return Files.readString(output);
        }

        /** The newest approval that it waits for, once it has printed another than this one. */
        String awaitApproval(String otherThan) throws Exception {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (System.nanoTime() < deadline && process.isAlive()) {
                var ids = COMMAND.matcher(said())
                        .results()
                        .map(match -> match.group(1))
                        .toList();
                if (!ids.isEmpty() && !ids.get(ids.size() - 1).equals(otherThan)) {
                    return ids.get(ids.size() - 1);
                }
                Thread.sleep(50);
            }
            throw new AssertionError("it does not wait:\n" + said());
        }

        int end() throws Exception {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                throw new AssertionError("it does not end:\n" + said());
            }
            return process.exitValue();
        }

        @Override
        public void close() {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** In this process: what a separate process does is tested once. */
    private static Ran as(String person, String issuer, String stdin, String... words) {
        var idToken = Ran.of("dev", "id-token", "--person", person, "--issuer", issuer);
        assertThat(idToken.code()).as(idToken.err()).isZero();
        return Ran.with(Map.of("TASKBOUND_ISSUER", issuer, "TASKBOUND_ID_TOKEN", idToken.out()), stdin, words);
    }

    /** Of a run that this person has started. */
    private static Map<String, String> idToken(String person, String issuer) {
        var idToken =
                Ran.of("dev", "id-token", "--as", "github:acme/shop@main", "--person", person, "--issuer", issuer);
        assertThat(idToken.code()).as(idToken.err()).isZero();
        return Map.of("TASKBOUND_ID_TOKEN", idToken.out());
    }

    @Test
    void theStepGoesOnWhenAnotherPersonApprovesAndNotWhenItsOwnDoes() throws Exception {
        try (var step = new Shell("step", line("taskbound run"), "", Map.of())) {
            var id = step.awaitApproval("");
            assertThat(as("mona", url, "", "approvals").out())
                    .contains("rotate-root-key of acme/shop")
                    .contains("taskbound approve " + id);

            var own = new Shell("own", line("taskbound approve", "octocat'").replace("APPROVAL", id), "y\n", Map.of());
            assertThat(own.end()).isEqualTo(1);
            assertThat(own.said())
                    .contains("rotate key:acme/shop/root")
                    .contains("You may not decide on it: you started the run that asks for this")
                    .doesNotContain("Approve?");
            assertThat(as("octocat", url, "", "approvals").out()).isEqualTo("Nothing waits for you.\n");
            assertThat(as("mona", url, "n\n", "approve", id).code()).isEqualTo(1);

            var other = new Shell("other", line("taskbound approve", "mona'").replace("APPROVAL", id), "y\n", Map.of());
            assertThat(other.end()).as(other.said()).isZero();
            assertThat(other.said()).contains("Recorded: approved. The step can continue.");
            assertThat(step.end()).as(step.said()).isZero();
            assertThat(step.said())
                    .containsPattern("taskbound: approved after \\d+ s")
                    .contains("the key is rotated")
                    .contains("taskbound: closed by step end");
            assertThat(Ran.of("verify", "@" + folder.resolve("receipt.json"), "--issuer", url)
                            .out())
                    .containsPattern("started by +octocat")
                    .containsPattern("approved[^\n]*mona[^\n]*as we said on the phone");
            assertThat(as("mona", url, "y\n", "approve", id).err())
                    .contains("You may not decide on it: ")
                    .contains("Nothing was recorded.");
        }
    }

    /** What was asked under the old policy is worth nothing under the new one; a denial ends the step. */
    @Test
    void anotherPolicyMeansAnotherApprovalAndADenialEndsTheStep() throws Exception {
        var data = folder.resolve("changing");
        try (var changing = TaskboundProcess.start("serve", "--dev", "--port", "0", "--data", data.toString())) {
            var there = changing.awaitUrl();
            var line = line("taskbound run")
                    .replaceFirst("--id-token-command '.*?'", "")
                    .replaceFirst("taskbound run", "taskbound run --issuer " + there);
            try (var step = new Shell("denied", line, "", idToken("octocat", there))) {
                var first = step.awaitApproval("");
                var policy = data.resolve("dev/policy.yaml");
                Files.writeString(
                        policy, Files.readString(policy).replace("Rotate the root key", "Rotate the old root key"));
                var second = step.awaitApproval(first);
                assertThat(step.said()).contains("what was asked before can no longer be approved");
                var late = as("mona", there, "y\n", "approve", first);
                assertThat(late.code()).isEqualTo(1);
                assertThat(late.err()).contains("You may not decide on it: the policy has changed");

                var denied = as(
                        "mona",
                        there,
                        "y\n",
                        "deny",
                        there + "/approve/" + second,
                        "--comment",
                        "not during the audit");
                assertThat(denied.code()).as(denied.err()).isZero();
                assertThat(denied.out()).contains("Rotate the old root key", "Recorded: denied. ");
                assertThat(step.end()).isEqualTo(1);
                assertThat(step.said())
                        .contains("taskbound: it was not approved\n")
                        .contains("taskbound: approval " + second)
                        .doesNotContain("the key is rotated\n", "may have been granted");
                assertThat(as("mona", there, "", "approve", second).out())
                        .contains("denied by mona (github) at ", ": not during the audit");
            }
        }
    }
}
