// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.taskbound.client.TaskToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every example of docs/resource-servers.md, against a real issuer: what it lets through and what it does not. */
class ResourceServerExamplesTest {
    private static final Path ROOT =
            Path.of(Objects.requireNonNull(System.getProperty("taskbound.root"), "taskbound.root"));
    private static final Path EXAMPLES = ROOT.resolve("docs/examples/resource-servers");
    private static final String ARTIFACT_TEXT = "the bytes that were received";
    private static final String ARTIFACT = "artifact:acme/shop/app.jar@sha256:" + HttpIssuer.sha256Hex(ARTIFACT_TEXT);
    private static final String SERVICE = "service:acme/shop/production";
    private static HttpIssuer issuer;
    private static InstalledPackages packages;

    @TempDir
    private static Path classes;

    @TempDir
    private static Path installed;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws IOException {
        issuer = new HttpIssuer();
        packages = InstalledPackages.in(installed);
        int failed = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-d",
                        classes.toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        EXAMPLES.resolve("ResourceServer.java").toString());
        assertThat(failed).as("ResourceServer.java compiles").isZero();
    }

    @AfterAll
    static void stop() {
        issuer.close();
    }

    @BeforeEach
    void writeFiles() throws IOException {
        Files.writeString(folder.resolve("secret"), HttpIssuer.SECRET + "\n");
        Files.writeString(folder.resolve("artifact"), ARTIFACT_TEXT);
        Files.writeString(folder.resolve("evil"), "other bytes");
    }

    /** The examples that say which status to answer. */
    enum Language {
        JAVA,
        NODE,
        PYTHON;

        void assumeInstalled() {
            var program = this == NODE ? "node" : "python3";
            assumeTrue(this == JAVA || Program.isInstalled(program), program + " is not installed");
        }

        List<String> command() {
            return switch (this) {
                case JAVA ->
                    List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            classes + System.getProperty("path.separator") + System.getProperty("java.class.path"),
                            "ResourceServer");
                case NODE -> packages.node("resource-server.mjs");
                case PYTHON -> packages.python("resource_server.py");
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void countsAUseOnceAndRefusesTheNext(Language language) throws Exception {
        language.assumeInstalled();
        var token = issuer.mint("sign-release", "sign", ARTIFACT);
        assertThat(redeem(language, token, "artifact", "use-1")).isEqualTo("200");
        assertThat(redeem(language, token, "artifact", "use-1"))
                .as("the same use")
                .isEqualTo("409");
        assertThat(redeem(language, token, "artifact", "use-2"))
                .as("another use")
                .isEqualTo("401");
    }

    /** Its own first try was counted, and the answer to it was lost: only then a repeat is no repeat. */
    @ParameterizedTest
    @EnumSource
    void doesItsOwnWorkThoughAnAnswerWasLost(Language language) throws Exception {
        language.assumeInstalled();
        try (var cutting = CuttingFront.before(issuer.url())) {
            var token = issuer.mint("sign-release", "sign", ARTIFACT);
            var environment = Map.of(
                    "TASKBOUND_ISSUER", cutting.url(), "TASKBOUND_SERVER", "signer", "TASKBOUND_SECRET_FILE", "secret");
            assertThat(run(language, environment, token, "redeem", "artifact", "job-1"))
                    .isEqualTo("200");
            assertThat(redeem(language, token, "artifact", "job-1")).isEqualTo("409");
        }
    }

    /** Whoever repeats a use of a token without limit gets no second time either. */
    @ParameterizedTest
    @EnumSource
    void answersARepeatOfAnUnspentTokenWith409(Language language) throws Exception {
        language.assumeInstalled();
        var token = issuer.mint("sign-twice", "sign", ARTIFACT);
        assertThat(redeem(language, token, "artifact", "use-1")).isEqualTo("200");
        assertThat(redeem(language, token, "artifact", "use-1")).isEqualTo("409");
        assertThat(redeem(language, token, "artifact", "use-2")).isEqualTo("200");
    }

    @ParameterizedTest
    @EnumSource
    void refusesOtherBytesThanTheTokenIsFor(Language language) throws Exception {
        language.assumeInstalled();
        var token = issuer.mint("sign-release", "sign", ARTIFACT);
        assertThat(redeem(language, token, "evil", "use-1")).isEqualTo("403");
    }

    @ParameterizedTest
    @EnumSource
    void refusesAClosedToken(Language language) throws Exception {
        language.assumeInstalled();
        var token = issuer.mint("sign-release", "sign", ARTIFACT);
        issuer.client().close(token);
        assertThat(redeem(language, token, "artifact", "use-1")).isEqualTo("401");
    }

    @ParameterizedTest
    @EnumSource
    void letsNothingThroughWithAWrongSecret(Language language) throws Exception {
        language.assumeInstalled();
        Files.writeString(folder.resolve("secret"), "wrong");
        var token = issuer.mint("sign-release", "sign", ARTIFACT);
        assertThat(redeem(language, token, "artifact", "use-1")).isEqualTo("503");
    }

    @ParameterizedTest
    @EnumSource
    void letsNothingThroughWhenTheIssuerIsAway(Language language) throws Exception {
        language.assumeInstalled();
        var token = issuer.mint("sign-release", "sign", ARTIFACT);
        var environment = Map.of(
                "TASKBOUND_ISSUER", "http://127.0.0.1:1",
                "TASKBOUND_SERVER", "signer",
                "TASKBOUND_SECRET_FILE", "secret");
        assertThat(run(language, environment, token, "redeem", "artifact", "use-1"))
                .isEqualTo("503");
    }

    @ParameterizedTest
    @EnumSource
    void introspectsAndComparesByItself(Language language) throws Exception {
        language.assumeInstalled();
        var token = issuer.mint("deploy", "deploy", SERVICE);
        var environment = environment("deploy");
        assertThat(run(language, environment, token, "introspect", "deploy", SERVICE))
                .isEqualTo("200");
        assertThat(run(language, environment, token, "introspect", "deploy", "service:acme/shop/staging"))
                .isEqualTo("403");
        issuer.client().close(token);
        assertThat(run(language, environment, token, "introspect", "deploy", SERVICE))
                .isEqualTo("401");
    }

    @Test
    void curlRedeemsWithoutASecretOnItsCommandLine() throws Exception {
        assumeTrue(Program.isInstalled("curl") && Program.isInstalled("sha256sum"), "curl is not installed");
        var token = issuer.mint("sign-release", "sign", ARTIFACT);
        assertThat(curl("signer", token, "redeem.sh", "artifact", "token", "use-1"))
                .contains("\"active\":true", "\"first_use\":true");
        assertThat(curl("signer", token, "redeem.sh", "artifact", "token", "use-1"))
                .isEqualTo("{\"active\":false,\"reason\":\"repeat\"}");
        assertThat(curl("signer", token, "redeem.sh", "artifact", "token", "use-1", "allowed"))
                .contains("\"active\":true", "\"first_use\":false");
        assertThat(curl("signer", token, "redeem.sh", "artifact", "token", "use-2"))
                .isEqualTo("{\"active\":false,\"reason\":\"spent\"}");
    }

    @Test
    void curlIntrospects() throws Exception {
        assumeTrue(Program.isInstalled("curl"), "curl is not installed");
        var token = issuer.mint("deploy", "deploy", SERVICE);
        assertThat(curl("deploy", token, "introspect.sh", "token"))
                .contains("\"active\":true", "\"identifier\":\"" + SERVICE + "\"");
        issuer.client().close(token);
        assertThat(curl("deploy", token, "introspect.sh", "token")).isEqualTo("{\"active\":false}");
    }

    private String curl(String server, TaskToken token, String script, String... arguments) throws Exception {
        Files.writeString(folder.resolve("server.curlrc"), "user = \"" + server + ":" + HttpIssuer.SECRET + "\"\n");
        Files.writeString(folder.resolve("token"), token.reveal() + "\n");
        var command = new ArrayList<>(List.of("sh", EXAMPLES.resolve(script).toString()));
        command.addAll(List.of(arguments));
        return Program.run(folder, Map.of("TASKBOUND_ISSUER", issuer.url()), "", command);
    }

    private String redeem(Language language, TaskToken token, String artifact, String useId) throws Exception {
        return run(language, environment("signer"), token, "redeem", artifact, useId);
    }

    private static Map<String, String> environment(String server) {
        return Map.of("TASKBOUND_ISSUER", issuer.url(), "TASKBOUND_SERVER", server, "TASKBOUND_SECRET_FILE", "secret");
    }

    private String run(Language language, Map<String, String> environment, TaskToken token, String... arguments)
            throws Exception {
        var command = new ArrayList<>(language.command());
        command.addAll(List.of(arguments));
        var all = new HashMap<>(environment);
        all.putAll(packages.environment());
        return Program.run(folder, all, token.reveal(), command);
    }

    private static Stream<Path> examples() throws IOException {
        return Files.list(EXAMPLES);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void theDocumentHoldsTheFileWordForWord(Path example) throws IOException {
        assertThat(Files.readString(ROOT.resolve("docs/resource-servers.md"))).contains(Files.readString(example));
    }
}
