// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.cli.TaskboundProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The probe's lines in its README and in the example pipelines, run as they stand there. */
@Tag("long")
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the probe is a script of a POSIX shell")
class ProbeExamplesIT {
    private static final Pattern BLOCK = Pattern.compile("(?s)```sh\\n(.*?)```");
    private static final Pattern CHECK = Pattern.compile("(?m)^\\| ((?:`[a-z-]+`(?:, )?)+) \\|");
    private static final Pattern NAME = Pattern.compile("`([a-z-]+)`");

    @TempDir
    private Path folder;

    private static String readme() throws IOException {
        return Files.readString(ProbeRun.ROOT.resolve("infra/probe/README.md"));
    }

    private static List<String> blocks() throws IOException {
        return BLOCK.matcher(readme()).results().map(block -> block.group(1)).toList();
    }

    @Test
    void theLinesForALaptopRunAgainstServe() throws Exception {
        var lines = blocks().get(1)
                .replace("id-token ", folder + "/id-token ")
                .replace("file id-token", "file " + folder + "/id-token");
        try (var serve = TaskboundProcess.start("serve", "--dev", "--port", "0")) {
            var environment = Map.of("TASKBOUND_ISSUER", serve.awaitUrl());
            var run = ProbeRun.ended(ProbeRun.start(folder, environment, "sh", "-ec", lines), folder);
            assertThat(run.exit()).as(run.output()).isZero();
            assertThat(run.said("NOT RUN")).containsExactly("tls", "wrong-audience", "alive", "dead");
        }
    }

    @Test
    void theFirstLineShowsTheWholeThing() throws Exception {
        Files.writeString(folder.resolve("probe.secret"), TwistedIssuer.SECRET);
        try (var issuer = new TwistedIssuer(Loopback.https(folder), "https")) {
            var line = blocks().get(0)
                    .replace("https://tokens.acme.example", issuer.url())
                    .replace("probe.secret", folder.resolve("probe.secret").toString());
            var run = ProbeRun.ended(ProbeRun.start(folder, runner(issuer), "sh", "-ec", line), folder);
            assertThat(run.exit()).as(run.output()).isZero();
            assertThat(run.said("NOT RUN")).isEmpty();
            assertThat(run.words().keySet()).isEqualTo(checksOfTheReadme());
        }
    }

    private static Set<String> checksOfTheReadme() throws IOException {
        var text = readme();
        var table =
                text.substring(text.indexOf("| checks | what must be true |"), text.indexOf("## When a check fails"));
        return CHECK.matcher(table)
                .results()
                .flatMap(row -> NAME.matcher(row.group(1)).results())
                .map(name -> name.group(1))
                .collect(Collectors.toSet());
    }

    @Test
    void theJobOfGithubPasses() throws Exception {
        try (var issuer = new TwistedIssuer(Loopback.https(folder), "https")) {
            var step = (Map<?, ?>) list(job("github/probe-issuer.yml"), "steps").get(1);
            var variables = (Map<?, ?>) step.get("env");
            assertThat(variables.get("TASKBOUND_ISSUER")).isEqualTo("https://tokens.acme.example");
            assertThat(String.valueOf(variables.get("TASKBOUND_SERVER_SECRET"))).startsWith("${{ secrets.");
            passes(String.valueOf(step.get("run")), runner(issuer));
        }
    }

    @Test
    void theJobOfGitlabPasses() throws Exception {
        try (var issuer = new TwistedIssuer(Loopback.https(folder), "https")) {
            var job = job("gitlab/probe-issuer.yml");
            var idTokens = (Map<?, ?>) Objects.requireNonNull(job.get("id_tokens"));
            var environment = Map.of(
                    "TASKBOUND_ISSUER", issuer.url(),
                    "TASKBOUND_ID_TOKEN", issuer.idToken(issuer.url()),
                    "TASKBOUND_OTHER_ID_TOKEN", issuer.idToken(audience(idTokens, "TASKBOUND_OTHER_ID_TOKEN")),
                    "TASKBOUND_SERVER_SECRET", TwistedIssuer.SECRET,
                    "CURL_CA_BUNDLE", Loopback.certificate(folder).toString());
            assertThat(audience(idTokens, "TASKBOUND_ID_TOKEN")).isEqualTo("https://tokens.acme.example");
            passes(String.valueOf(list(job, "script").get(0)), environment);
        }
    }

    private void passes(String line, Map<String, String> environment) throws Exception {
        var run = ProbeRun.ended(ProbeRun.start(folder, environment, "sh", "-ec", line), folder);
        assertThat(run.exit()).as(run.output()).isZero();
        assertThat(run.said("NOT RUN")).isEmpty();
    }

    private Map<String, String> runner(TwistedIssuer issuer) {
        return Map.of(
                "TASKBOUND_ISSUER", issuer.url(),
                "TASKBOUND_SERVER_SECRET", TwistedIssuer.SECRET,
                "ACTIONS_ID_TOKEN_REQUEST_URL", issuer.runnerUrl(),
                "ACTIONS_ID_TOKEN_REQUEST_TOKEN", TwistedIssuer.RUNNER_BEARER,
                "CURL_CA_BUNDLE", Loopback.certificate(folder).toString());
    }

    private static Map<?, ?> job(String example) throws IOException {
        var text = Files.readString(ProbeRun.ROOT.resolve("docs/examples").resolve(example));
        var document = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(text);
        var jobs = document.get("jobs") instanceof Map<?, ?> named ? named : document;
        return (Map<?, ?>) Objects.requireNonNull(jobs.get("probe"));
    }

    private static List<?> list(Map<?, ?> map, String name) {
        return (List<?>) Objects.requireNonNull(map.get(name));
    }

    private static String audience(Map<?, ?> idTokens, String variable) {
        return String.valueOf(((Map<?, ?>) Objects.requireNonNull(idTokens.get(variable))).get("aud"));
    }
}
