// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.demo.foreign;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.taskbound.cli.demo.WrappedStep;
import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.local.minio.S3Store;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The action as a runner starts it, with the real issuer: git and curl against GitHub's stand-in, the AWS SDK against
 * MinIO. What the command could do, nobody can after the step.
 */
@DisabledOnOs(OS.WINDOWS)
class ActionStepIT {
    private static final Path ACTION = Path.of(
            Objects.requireNonNull(System.getProperty("taskbound.root"), "taskbound.root"), "github-action", "dist");

    @TempDir
    private Path folder;

    private ForeignStage stage;

    @BeforeEach
    void set() throws Exception {
        assumeTrue(isOnPath("node") && isOnPath("git") && isOnPath("curl"), "NOT RUN: needs node, git and curl");
        var nowhere = new PrintStream(PrintStream.nullOutputStream(), true, UTF_8);
        stage = ForeignStage.set(new CommandContext(
                nowhere, nowhere, new ByteArrayInputStream(new byte[0]), System.getenv(), false, Clock.systemUTC()));
    }

    private static boolean isOnPath(String program) {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
    }

    @AfterEach
    void stop() {
        if (stage != null) {
            stage.close();
        }
    }

    private record Ended(int code, String log, String files) {}

    /** Main and post of the action, with the files that a runner gives it. */
    private Ended step(Map<String, String> inputs, Map<String, String> more) throws Exception {
        var environment = new HashMap<String, String>(Map.of(
                "PATH",
                System.getenv("PATH"),
                "HOME",
                folder.toString(),
                "GIT_CONFIG_NOSYSTEM",
                "1",
                "GITHUB_ACTIONS",
                "true",
                "GITHUB_WORKSPACE",
                folder.toString(),
                "RUNNER_TEMP",
                Files.createDirectories(folder.resolve("temp")).toString(),
                "INPUT_ISSUER",
                stage.issuer(),
                "INPUT_SCOPE",
                "step",
                "INPUT_DRY-RUN",
                "false",
                "INPUT_PASS-ID-TOKEN",
                "false"));
        var idToken = Files.writeString(folder.resolve("id-token"), stage.idToken());
        environment.put("INPUT_ID-TOKEN-FILE", idToken.toString());
        for (var file : List.of("GITHUB_OUTPUT", "GITHUB_STATE", "GITHUB_ENV", "GITHUB_PATH", "GITHUB_STEP_SUMMARY")) {
            environment.put(file, Files.writeString(folder.resolve(file), "").toString());
        }
        inputs.forEach((name, value) -> environment.put("INPUT_" + name, value));
        environment.putAll(more);
        var main = node("main.cjs", environment);
        var post = node("post.cjs", environment);
        var files = new StringBuilder();
        for (var file : List.of("GITHUB_OUTPUT", "GITHUB_STATE", "GITHUB_ENV", "GITHUB_STEP_SUMMARY")) {
            files.append(Files.readString(folder.resolve(file)));
        }
        assertThat(post.code()).as(post.log()).isZero();
        return new Ended(main.code(), main.log() + post.log(), files.toString());
    }

    private Ended node(String entry, Map<String, String> environment) throws Exception {
        var log = folder.resolve(entry + ".log");
        var builder = new ProcessBuilder("node", ACTION.resolve(entry).toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        var process = builder.start();
        try {
            assertThat(process.waitFor(90, TimeUnit.SECONDS)).isTrue();
            return new Ended(process.exitValue(), Files.readString(log), "");
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void gitAndCurlWorkInTheStepAndNotAfterIt() throws Exception {
        var copy = folder.resolve("copy");
        var ended = step(
                Map.of(
                        "TASK",
                        "bump-version",
                        "ACTION",
                        "contents:write",
                        "IDENTIFIER",
                        "github:acme/shop",
                        "RUN",
                        """
                        set -e
                        git clone -q "$GITHUB/acme/shop.git" shop
                        cd shop && echo 3 >VERSION && git add VERSION
                        git -c user.name=ci -c user.email=ci@acme.example commit -qm "Bump the version"
                        git push -q origin HEAD:main
                        curl -fsS -o /dev/null -H @- "$GITHUB/repos/acme/shop" <<END
                        Authorization: Bearer $GH_TOKEN
                        END
                        ! git clone -q "$GITHUB/acme/payroll.git" ../payroll
                        ! env | grep -q '^TASKBOUND_TOKEN'
                        printf %s "$GH_TOKEN" >"$COPY"
                        """),
                Map.of("GITHUB", stage.github().url(), "COPY", copy.toString()));

        assertThat(ended.code()).as(ended.log()).isZero();
        assertThat(stage.github().file("acme", "shop", "VERSION").map(String::strip))
                .contains("3");
        var token = Files.readString(copy);
        assertThat(token).startsWith("ghs_");
        assertThat(stage.github().aliveTokens()).isEmpty();
        assertThat(withoutMasks(ended.log())).doesNotContain(token);
        assertThat(ended.files()).doesNotContain(token);
        assertThat(git("ls-remote", stage.github().url() + "/acme/shop.git", token))
                .isNotZero();
    }

    /** The runner takes these lines for itself. */
    private static String withoutMasks(String log) {
        return String.join(
                "\n",
                log.lines().filter(line -> !line.startsWith("::add-mask::")).toList());
    }

    /** With the copy, as a thief would use it. */
    private int git(String verb, String url, String token) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(
                        "git",
                        "-c",
                        "credential.helper=!f() { echo username=x-access-token; echo \"password=$COPY\"; }; f",
                        verb,
                        url)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("thief.log").toFile());
        builder.environment().putAll(Map.of("COPY", token, "GIT_TERMINAL_PROMPT", "0", "HOME", folder.toString()));
        return builder.start().waitFor();
    }

    @Test
    void theAwsSdkWorksInTheStepWithinTwoPrefixes() throws Exception {
        assumeTrue(stage.minio().isPresent(), "NOT RUN: " + stage.withoutMinio());
        var minio = stage.minio().orElseThrow();
        var root = new S3Store(minio.endpoint(), MoveAct.REGION, minio.root().resolveCredentials());
        root.makeBucket(MoveAct.FROM);
        root.makeBucket(MoveAct.TO);
        root.put(MoveAct.FROM, "datasets/orders/part-1", "orders");
        root.put(MoveAct.FROM, "payroll/november", "salaries");
        var copy = folder.resolve("copy");
        var mover = new ArrayList<>(WrappedStep.java(Mover.class.getName()));
        mover.addAll(List.of(minio.endpoint().toString(), copy.toString(), "0"));

        var ended = step(
                Map.of(
                        "TASK",
                        "migrate-dataset",
                        "DETAILS",
                        "[{\"identifier\":\"s3:legacy-exports/datasets/orders/\",\"actions\":[\"read\"]},"
                                + "{\"identifier\":\"s3:new-lake/imports/orders/\",\"actions\":[\"write\"]}]",
                        "RUN",
                        String.join(
                                " ",
                                mover.stream().map(word -> "'" + word + "'").toList())),
                Map.of());

        assertThat(ended.code()).as(ended.log()).isZero();
        assertThat(ended.log()).contains("read=200", "write=200", "read-beside=403", "write-beside=403");
        var secrets = Files.readAllLines(copy);
        assertThat(secrets).hasSize(3);
        assertThat(withoutMasks(ended.log())).doesNotContain(secrets.get(1), secrets.get(2));
        assertThat(ended.files()).doesNotContain(secrets.get(0), secrets.get(1), secrets.get(2));
    }
}
