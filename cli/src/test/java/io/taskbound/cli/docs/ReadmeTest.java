// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.taskbound.cli.Ran;
import io.taskbound.client.RedeemAnswer;
import io.taskbound.client.ServerCredentials;
import io.taskbound.client.TaskToken;
import io.taskbound.client.Use;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows is what happens. */
class ReadmeTest {
    private static final Pattern BLOCK = Pattern.compile("(?s)```([a-z]+)\\n(.*?)```");

    @TempDir
    private Path folder;

    private static String readme() throws IOException {
        var root = Path.of(Objects.requireNonNull(System.getProperty("taskbound.root"), "taskbound.root"));
        return Files.readString(root.resolve("README.md"));
    }

    /** The only block of that language that holds the text. */
    private static String block(String language, String text) throws IOException {
        var blocks = BLOCK.matcher(readme())
                .results()
                .filter(block -> block.group(1).equals(language))
                .map(block -> block.group(2))
                .filter(block -> block.contains(text))
                .toList();
        assertThat(blocks).hasSize(1);
        return blocks.get(0);
    }

    /** Times, handles, digests and request ids differ from run to run; every word must be the same. */
    private static List<String> shape(String output) {
        return output.strip()
                .lines()
                .map(line -> line.replaceAll(" *\\d+\\.\\d\\d ?s", " TIME")
                        .replaceAll("[A-Za-z0-9_-]{4}…", "HANDLE")
                        .replaceAll("request [0-9A-Z]{26}", "request ID")
                        .replaceAll("policy v1 [0-9a-f]{8}", "policy v1 HASH")
                        .stripTrailing())
                .map(line -> line.replaceAll(" +", " "))
                .toList();
    }

    @Test
    void theDemoPrintsWhatTheReadmeSays() throws IOException {
        var demo = Ran.of("demo");
        assertThat(demo.code()).as(demo.err()).isZero();
        assertThat(shape(demo.out())).isEqualTo(shape(block("text", "policy  acme/shop")));
    }

    @Test
    void theJenkinsfileIsTheExample() throws IOException {
        var root = Path.of(Objects.requireNonNull(System.getProperty("taskbound.root"), "taskbound.root"));
        var example = Files.readString(root.resolve("jenkins-plugin/examples/sign.Jenkinsfile"));
        assertThat(example.lines().skip(1).toList())
                .isEqualTo(block("groovy", "withTaskToken").lines().toList());
    }

    /** Files as people make them: they end in a line feed. */
    @Test
    void theLinesOfByHandMintAndCloseWhenPasted() throws Exception {
        assumeTrue(Program.isInstalled("curl") && Program.isInstalled("jq"), "curl or jq is not installed");
        try (var issuer = new HttpIssuer()) {
            for (var end : List.of("\n", "\r\n", "")) {
                Files.writeString(folder.resolve("id-token.txt"), issuer.idToken() + end);
                Files.writeString(folder.resolve("task.json"), block("json", "sign-release"));
                sh(issuer, block("sh", "$TASKBOUND_ISSUER/token"));
                var token = Files.readString(folder.resolve("token.txt"));
                assertThat(token).endsWith("\n").startsWith("ey");
                if (File.separatorChar == '/') {
                    assertThat(PosixFilePermissions.toString(
                                    Files.getPosixFilePermissions(folder.resolve("token.txt"))))
                            .isEqualTo("rw-------");
                }
                Files.writeString(folder.resolve("token.txt"), token.strip() + end);
                assertThat(sh(issuer, block("sh", "$TASKBOUND_ISSUER/revoke"))).isEqualTo("{}");
                var after = issuer.client()
                        .redeem(
                                ServerCredentials.of("signer", HttpIssuer.SECRET),
                                TaskToken.of(token.strip()),
                                Use.once("sign", "artifact:acme/shop/app.jar@sha256:9f2c" + "0".repeat(60)));
                assertThat(after).isEqualTo(new RedeemAnswer.NotRedeemed(Optional.of("closed")));
            }
        }
    }

    @Test
    void theRunLineRunsTheCommandWithATokenAndClosesIt() throws Exception {
        assumeTrue(Program.isInstalled("sh"), "there is no sh");
        script(
                "taskbound",
                "exec \"$TEST_JAVA\" -XX:TieredStopAtLevel=1 -cp \"$TEST_CLASS_PATH\" io.taskbound.cli.Main \"$@\" 2>said.txt");
        script("sign.sh", "test -s \"$TASKBOUND_TOKEN_FILE\" && echo \"signed $1\"");
        try (var issuer = new HttpIssuer()) {
            var environment = Map.of(
                    "PATH", folder + File.pathSeparator + System.getenv("PATH"),
                    "TEST_JAVA",
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                    "TEST_CLASS_PATH", System.getProperty("java.class.path"),
                    "TASKBOUND_ISSUER", issuer.url(),
                    "TASKBOUND_ID_TOKEN", issuer.idToken());
            var line = List.of("sh", "-c", block("sh", "taskbound run"));
            assertThat(Program.run(folder, environment, "", line)).isEqualTo("signed app.jar");
        }
        assertThat(Files.readString(folder.resolve("said.txt"))).contains("taskbound: closed by step end");
    }

    /** docs/run.md: the launcher follows the link to its checkout. */
    @Test
    void theLinesThatPutItOnThePathMakeALinkToTheLauncher() throws Exception {
        assumeTrue(Program.isInstalled("sh"), "there is no sh");
        var root = Path.of(Objects.requireNonNull(System.getProperty("taskbound.root"), "taskbound.root"));
        var page = Files.readString(root.resolve("docs/run.md"));
        var lines = BLOCK.matcher(page)
                .results()
                .map(block -> block.group(2))
                .filter(block -> block.contains("ln -s"))
                .toList();
        assertThat(lines).hasSize(1);
        for (int i = 0; i < 2; i++) {
            Program.run(
                    folder,
                    Map.of("HOME", folder.toString()),
                    "",
                    List.of("sh", "-ec", "cd '" + root + "'\n" + lines.get(0)));
        }
        assertThat(folder.resolve(".local/bin/taskbound").toRealPath())
                .isEqualTo(root.resolve("taskbound").toRealPath());
        assertThat(Files.readString(root.resolve("taskbound"))).contains("while [ -L \"$tb_self\" ]");
    }

    private void script(String name, String text) throws IOException {
        var file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + text + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private String sh(HttpIssuer issuer, String script) throws Exception {
        return Program.run(folder, Map.of("TASKBOUND_ISSUER", issuer.url()), "", List.of("sh", "-c", script));
    }
}
