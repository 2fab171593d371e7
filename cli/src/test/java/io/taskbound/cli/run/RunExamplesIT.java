// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.cli.ChildJvm;
import io.taskbound.cli.overhttp.LiveIssuer;
import io.taskbound.cli.overhttp.OneIssuer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The lines of docs/run.md and of the GitLab example, run as they stand there. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the examples are lines of a POSIX shell")
@ExtendWith(OneIssuer.class)
class RunExamplesIT {
    private static final Path ROOT =
            Path.of(Objects.requireNonNull(System.getProperty("taskbound.root"), "taskbound.root"));
    private static final Pattern LINE = Pattern.compile("(?m)^ *(taskbound run .*)$");
    private static final String PROJECTED = "/var/run/secrets/tokens/taskbound";

    /** Of those in the folder, each is printed once. */
    private static final String A_NEW_ONE = "mv \"$(ls new/*.jwt | head -n 1)\" new/printed && cat new/printed";

    @TempDir
    private Path folder;

    private final LiveIssuer issuer;

    RunExamplesIT(LiveIssuer issuer) {
        this.issuer = issuer;
    }

    @BeforeEach
    void layOut() throws IOException {
        script("bin/taskbound", "exec '" + String.join("' '", ChildJvm.forRun()) + "' \"$@\"");
        script("deploy.sh", "test -n \"$TASKBOUND_TOKEN\" && test -s \"$TASKBOUND_HEADER_FILE\" && echo deployed");
        Files.writeString(folder.resolve("id-token"), issuer.idToken());
        script("id-token.sh", "test \"$1\" = '" + issuer.url() + "' && " + A_NEW_ONE);
        askedWith(
                "buildkite-agent",
                "oidc request-token --audience " + issuer.url()
                        + " --claim organization_id --claim pipeline_id --claim cluster_id");
        askedWith("kubectl", "create token deployer --audience " + issuer.url() + " --duration 10m");
    }

    /** A command of the CI system that prints a new ID token if it is asked in exactly these words. */
    private void askedWith(String name, String words) throws IOException {
        script("bin/" + name, "test \"$*\" = '" + words + "' && " + A_NEW_ONE);
    }

    /** But for those whose task delivers a credential, which RunCredentialIT runs. */
    static Stream<String> lines() throws IOException {
        return LINE.matcher(Files.readString(ROOT.resolve("docs/run.md")))
                .results()
                .map(line -> line.group(1))
                .filter(line -> line.contains("--task deploy "));
    }

    @Test
    void thePageHasOneForEverySource() throws IOException {
        assertThat(lines().map(line -> line.replaceAll(".*(--id-token-[a-z]+).*", "$1")))
                .contains("--id-token-env", "--id-token-file", "--id-token-command")
                .hasSize(6);
    }

    @ParameterizedTest
    @MethodSource("lines")
    void everyLineOfThePageDeploys(String line) throws Exception {
        var local = line.replace(PROJECTED, folder.resolve("id-token").toString());
        assertThat(sh(local, line.contains("CI_ID_TOKEN") ? "CI_ID_TOKEN" : "TASKBOUND_ID_TOKEN"))
                .isEqualTo("deployed\n");
    }

    static Stream<String> linesWithACommand() throws IOException {
        return lines().filter(line -> line.contains("--id-token-command"));
    }

    /** One ID token can be exchanged once, so a recipe must get a new one each time. */
    @ParameterizedTest
    @MethodSource("linesWithACommand")
    void everyLineThatAsksForAnIdTokenDeploysTwice(String line) throws Exception {
        assertThat(sh(line + "\n" + line, "TASKBOUND_ID_TOKEN")).isEqualTo("deployed\ndeployed\n");
    }

    @Test
    void theJobOfGitlabWithTwoTasksDeploysTwice() throws Exception {
        var job = job(Files.readString(ROOT.resolve("docs/examples/gitlab/two-tasks.yml")));
        var idTokens = (Map<?, ?>) job.get("id_tokens");
        var script = (List<?>) job.get("script");

        assertThat(idTokens.keySet().stream().map(Object::toString))
                .containsExactly("TASKBOUND_ID_TOKEN", "SECOND_ID_TOKEN");
        assertThat(sh(script.get(0) + "\n" + script.get(1), "TASKBOUND_ID_TOKEN", "SECOND_ID_TOKEN"))
                .isEqualTo("deployed\ndeployed\n");
    }

    @Test
    void theJobOfGitlabDeploys() throws Exception {
        var job = job(Files.readString(ROOT.resolve("docs/examples/gitlab/.gitlab-ci.yml")));
        var idTokens = (Map<?, ?>) job.get("id_tokens");
        var variables = (Map<?, ?>) job.get("variables");
        var script = (List<?>) job.get("script");
        var variable = idTokens.keySet().iterator().next().toString();
        assertThat(((Map<?, ?>) idTokens.get(variable)).get("aud")).isEqualTo(variables.get("TASKBOUND_ISSUER"));
        assertThat(script).hasSize(1);
        assertThat(sh(script.get(0).toString(), variable)).isEqualTo("deployed\n");
    }

    private static Map<?, ?> job(String yaml) {
        var document = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(yaml);
        return (Map<?, ?>) Objects.requireNonNull(document.get("deploy"));
    }

    private void script(String name, String body) throws IOException {
        var file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    /** Its stdout; it must end well. */
    private String sh(String line, String... idTokenVariables) throws Exception {
        for (int i = 0; i < 2; i++) {
            Files.writeString(Files.createDirectories(folder.resolve("new")).resolve(i + ".jwt"), issuer.idToken());
        }
        var builder = new ProcessBuilder("sh", "-ec", line)
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile());
        builder.environment()
                .putAll(Map.of("PATH", folder.resolve("bin") + ":/usr/bin:/bin", "TASKBOUND_ISSUER", issuer.url()));
        for (var variable : idTokenVariables) {
            builder.environment().put(variable, issuer.idToken());
        }
        var process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(folder.resolve("err")))
                .isZero();
        return Files.readString(folder.resolve("out"));
    }
}
