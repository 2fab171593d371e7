// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.cloud;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.cli.ChildJvm;
import io.taskbound.cli.Ran;
import io.taskbound.local.AwsCli;
import io.taskbound.local.AwsServer;
import io.taskbound.local.AwsStack;
import io.taskbound.local.OnAwsServer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an administrator types after the deployment: the template as infra/package makes it, as a stack on the
 * AWS-compatible server, and the commands with nothing but its output CommandLineSettings.
 */
@Tag("long")
@ExtendWith(OnAwsServer.class)
class AdministratorOnAwsServerIT {
    private static final Path ROOT = Path.of(System.getProperty("taskbound.root", "."));

    @TempDir
    private static Path folder;

    private static AwsServer aws;
    private static AwsStack stack;
    /** A shell with credentials, and nothing that was copied from the outputs. */
    private static Map<String, String> credentials = Map.of();

    private static Map<String, String> shell = Map.of();

    @BeforeAll
    static void deploy(AwsServer server) throws Exception {
        aws = server;
        var made = packaged();
        try (var zips = Files.newDirectoryStream(made, "*.zip")) {
            stack = AwsStack.deploy(
                    aws,
                    "taskbound",
                    ROOT,
                    made.resolve("template.yaml"),
                    zips.iterator().next(),
                    Map.of("IssuerUrl", "auto", "Protect", "false"));
        }
        credentials = Map.of(
                "AWS_ACCESS_KEY_ID",
                "local",
                "AWS_SECRET_ACCESS_KEY",
                "local",
                "AWS_ENDPOINT_URL",
                aws.endpoint().toString());
        var set = new HashMap<>(credentials);
        set.putAll(settings());
        shell = Map.copyOf(set);
    }

    /** Nothing runs the functions here, so the zip needs only what infra/package looks for. */
    private static Path packaged() throws IOException, InterruptedException {
        var zip = folder.resolve("taskbound-issuer.zip");
        try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry("io/taskbound/lambda/IssuerLambda.class"));
        }
        var made = folder.resolve("stack");
        var log = folder.resolve("package.log");
        var script = new ProcessBuilder(
                        "bash", ROOT.resolve("infra/package").toString(), "--zip", zip.toString(), "--out", "" + made)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(script.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(script.exitValue()).as(Files.readString(log)).isZero();
        return made;
    }

    /** As infra/README.md tells to type it. */
    private static Map<String, String> settings() throws Exception {
        var line = AwsCli.on(aws, ROOT)
                .run(
                        credentials,
                        List.of(
                                "cloudformation",
                                "describe-stacks",
                                "--stack-name",
                                "taskbound",
                                "--output",
                                "text",
                                "--query",
                                "Stacks[0].Outputs[?OutputKey=='CommandLineSettings'].OutputValue"))
                .strip();
        assertThat(line).startsWith("export ");
        var found = new HashMap<String, String>();
        Stream.of(line.substring("export ".length()).split(" "))
                .map(pair -> pair.split("=", 2))
                .forEach(pair -> found.put(pair[0], pair[1]));
        return found;
    }

    private static String says(String... args) {
        var ran = Ran.with(shell, "", args);
        assertThat(ran.code()).as(ran.out() + ran.err()).isZero();
        return ran.out() + ran.err();
    }

    @Test
    void theSettingsNameTheStackItsRegionAndItsIssuer() throws Exception {
        assertThat(settings())
                .isEqualTo(Map.of(
                        "AWS_REGION",
                        AwsStack.REGION,
                        "TASKBOUND_STACK",
                        "taskbound",
                        "TASKBOUND_ISSUER",
                        stack.outputs().get("IssuerUrl")));
    }

    @Test
    void anAdministratorPublishesAndLooksWithNothingButTheSettings() {
        says("policy", "push", ROOT.resolve("infra/policy/example.yaml").toString(), "--yes");
        assertThat(says("policy", "log")).contains("in force, signature verified");
        assertThat(says("keys", "list")).isNotEmpty();
        assertThat(says("tokens", "list")).isNotEmpty();
        assertThat(says("tokens", "denied")).isNotEmpty();
    }

    /** The lines of infra/README.md, in a shell that has credentials and a region. */
    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "the page's lines are of a POSIX shell")
    void everyLineOfThePageDoesWhatItSays() throws Exception {
        says("policy", "push", ROOT.resolve("infra/policy/example.yaml").toString(), "--yes");
        var taskbound = Files.writeString(
                folder.resolve("taskbound"),
                "#!/bin/sh\nexec '" + String.join("' '", ChildJvm.taskbound()) + "' \"$@\"\n");
        assertThat(taskbound.toFile().setExecutable(true)).isTrue();
        var page = Files.readString(ROOT.resolve("infra/README.md"))
                .split("\n## Administer it from your shell\n", 2)[1]
                .split("```sh\n", 2)[1]
                .split("```", 2)[0];
        assertThat(page.lines()).hasSize(5);
        var shell = new ProcessBuilder("sh", "-ec", page).redirectErrorStream(true);
        shell.environment().keySet().removeIf(name -> name.startsWith("AWS_") || name.startsWith("TASKBOUND_"));
        shell.environment().putAll(credentials);
        shell.environment().put("AWS_DEFAULT_REGION", AwsStack.REGION);
        shell.environment()
                .merge(
                        "PATH",
                        folder + File.pathSeparator + AwsCli.program(ROOT).getParent(),
                        (before, ours) -> ours + File.pathSeparator + before);
        var running = shell.start();
        running.getOutputStream().close();
        var said = new String(running.getInputStream().readAllBytes(), UTF_8);
        assertThat(running.waitFor()).as(said).isZero();
        assertThat(said).contains("in force, signature verified");
    }

    @Test
    void theSecretsOfHooksAreSealedByTheStacksKey() throws IOException {
        var secret = folder.resolve("acme.secret");
        says("hooks", "secret", "acme", "--out", secret.toString());
        assertThat(Files.readString(secret)).isNotBlank();
        assertThat(says("hooks", "list")).contains("acme");
    }

    @Test
    void theStackIsTypedToo() {
        var environment = new HashMap<>(credentials);
        environment.put("AWS_REGION", AwsStack.REGION);
        assertThat(Ran.with(environment, "", "tokens", "denied", "--stack", "taskbound")
                        .code())
                .isZero();
        var none = Ran.with(environment, "", "tokens", "list", "--stack", "another");
        assertThat(none.code()).isEqualTo(1);
        assertThat(none.err()).contains("There is no stack another in us-east-1", "--region");
        var elsewhere = Ran.with(environment, "", "tokens", "list", "--stack", "taskbound", "--region", "eu-west-1");
        assertThat(elsewhere.err()).contains("There is no stack taskbound in eu-west-1");
    }
}
