// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.taskbound.digest.Sha256;
import io.taskbound.local.github.StandInGithub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The example workflow that comments a policy's changes, run by act: with the program as it is built, git as it is, and
 * GitHub's stand-in for the comments.
 */
@DisabledOnOs(OS.WINDOWS)
class PolicyDiffWorkflowIT {
    private static final Path JAR = Trial.ROOT.resolve("cli/target/taskbound.jar");
    private static final String MARKER = "<!-- taskbound policy diff -->";
    private static final long PULL_REQUEST = 7;

    @TempDir
    private Path folder;

    private Path checkout;
    private StandInGithub github;

    @BeforeEach
    void set() throws Exception {
        assumeTrue(act().isPresent(), "NOT RUN: no act here (go install github.com/nektos/act@v0.2.89)");
        for (var program : List.of("git", "curl", "jq", "java", "sha256sum", "tar")) {
            assumeTrue(Program.isInstalled(program), "NOT RUN: no " + program + " here");
        }
        assumeTrue(Files.exists(JAR), "NOT RUN: no " + JAR);
        github = StandInGithub.start(Clock.systemUTC());
        github.organization("acme", 1001);
        github.repository("acme", "shop", 2002);
        github.pullRequest("acme", "shop", PULL_REQUEST);
        checkout = Files.createDirectories(folder.resolve("checkout"));
        git("init", "--quiet", "--initial-branch=main");
        var program = jarThatLeadsTo(JAR);
        var workflow = Files.readString(Trial.ROOT.resolve("docs/examples/github/policy-diff.yml"))
                .replaceFirst("JAR: .*", "JAR: " + program.toUri())
                .replaceFirst("JAR_SHA256: .*", "JAR_SHA256: \"" + sha256(program) + "\"");
        write(".github/workflows/policy-diff.yml", workflow);
        write("policy/policy.yaml", policy());
        commit("The policy");
    }

    @AfterEach
    void stop() {
        if (github != null) {
            github.close();
        }
    }

    /** A release is one file; the program as it is built is several, which this one names. */
    private Path jarThatLeadsTo(Path jar) throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, "io.taskbound.cli.Main");
        manifest.getMainAttributes()
                .put(Attributes.Name.CLASS_PATH, jar.toAbsolutePath().toUri().toString());
        var file = folder.resolve("taskbound.jar");
        new JarOutputStream(Files.newOutputStream(file), manifest).close();
        return file;
    }

    private static Optional<String> act() {
        return Optional.ofNullable(System.getenv("ACT"))
                .or(() -> Program.isInstalled("act") ? Optional.of("act") : Optional.empty());
    }

    private static String policy() throws IOException {
        return Files.readString(Trial.ROOT.resolve("docs/examples/approvals/github.yaml"));
    }

    private static String sha256(Path file) throws IOException {
        return HexFormat.of().formatHex(Sha256.of(Files.readAllBytes(file)));
    }

    private void write(String name, String text) throws IOException {
        var file = checkout.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private void git(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of("git", "-c", "user.name=t", "-c", "user.email=t@acme.example"));
        command.addAll(List.of(arguments));
        Program.run(checkout, Map.of("GIT_CONFIG_NOSYSTEM", "1", "HOME", folder.toString()), "", command);
    }

    private void commit(String message) throws Exception {
        git("add", "--all");
        git("commit", "--quiet", "--message", message);
    }

    /** A pull request's merge, as GitHub checks it out: its first parent is what it is merged into. */
    private void propose(String policy) throws Exception {
        git("checkout", "--quiet", "-B", "proposal", "main");
        write("policy/policy.yaml", policy);
        commit("Another policy");
        git("checkout", "--quiet", "-B", "merged", "main");
        git("merge", "--quiet", "--no-ff", "--no-edit", "proposal");
    }

    private record Ran(int code, String text) {}

    private Ran run(String headRepository) throws Exception {
        var event = Files.writeString(folder.resolve("event.json"), """
            {"pull_request": {"number": %d, "head": {"repo": {"full_name": "%s"}}, "base": {"ref": "main"}},
             "repository": {"full_name": "acme/shop"}}
            """.formatted(PULL_REQUEST, headRepository));
        var token = github.jobToken("acme", "shop", Map.of("pull_requests", "write"));
        var secrets = Files.writeString(folder.resolve("secrets"), "GITHUB_TOKEN=" + token + "\n");
        var log = folder.resolve("act.log");
        var command = new ArrayList<>(List.of(act().orElseThrow(), "pull_request", "--eventpath", event.toString()));
        command.addAll(List.of("--platform", "ubuntu-latest=-self-hosted", "--pull=false", "--no-cache-server"));
        command.addAll(List.of("--secret-file", secrets.toString()));
        for (var setting : List.of("GITHUB_API_URL=" + github.url(), "GITHUB_REPOSITORY=acme/shop")) {
            command.addAll(List.of("--env", setting));
        }
        var builder = new ProcessBuilder(command)
                .directory(checkout.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
        var process = builder.start();
        process.getOutputStream().close();
        boolean ended = process.waitFor(90, TimeUnit.SECONDS);
        process.destroyForcibly();
        var text = Files.readString(log);
        assertThat(ended).as(text).isTrue();
        assertThat(text).doesNotContain(token);
        return new Ran(process.exitValue(), text);
    }

    @Test
    void saysInOneCommentWhatChangesAndKeepsItUpToDate() throws Exception {
        propose(policy().replace("max_lifetime: 10m", "max_lifetime: 12m"));
        var first = run("acme/shop");
        assertThat(first.code()).as(first.text()).isZero();
        assertThat(github.comments("acme", "shop", PULL_REQUEST))
                .singleElement()
                .asString()
                .startsWith(MARKER + "\n### Policy: ")
                .contains("Wider", "rotate", "12");

        propose(policy().replace("max_uses: 1", "max_uses: <script>"));
        var second = run("acme/shop");
        assertThat(second.code()).as("a policy with an error fails the check").isNotZero();
        assertThat(second.text()).contains("::error file=policy/policy.yaml,line=");
        assertThat(github.comments("acme", "shop", PULL_REQUEST))
                .singleElement()
                .asString()
                .isEqualTo(MARKER + "\nThe two versions cannot be compared. The run of this workflow says why.\n");
    }

    @Test
    void aForksRunMakesNoComment() throws Exception {
        propose(policy().replace("max_lifetime: 10m", "max_lifetime: 12m"));
        var ran = run("mallory/shop");
        assertThat(ran.code()).as(ran.text()).isZero();
        assertThat(github.comments("acme", "shop", PULL_REQUEST)).isEmpty();
    }
}
