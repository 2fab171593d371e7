// SPDX-License-Identifier: Apache-2.0
package io.taskbound.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.http.TestIssuer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * docs/examples/spring as its reader runs it: compiled, started as a process of its own, and asked by the lines of the
 * page. SpringPageIT of the command line types the whole page.
 */
@EnabledOnOs({OS.LINUX, OS.MAC})
class ExampleTest {
    private static final Path DOCS =
            Path.of(Objects.requireNonNull(System.getProperty("taskbound.root"), "taskbound.root"), "docs");
    private static final Path SOURCES = DOCS.resolve("examples/spring/src/main");

    @TempDir
    private Path folder;

    private final IssuerOverHttp issuer = issuer();
    private Process service;
    private String url;

    private static IssuerOverHttp issuer() {
        try {
            return new IssuerOverHttp();
        } catch (java.io.IOException unforeseen) {
            throw new AssertionError(unforeseen);
        }
    }

    @BeforeEach
    void start() throws Exception {
        int failed = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-parameters",
                        "-d",
                        folder.toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        SOURCES.resolve("java/com/example/signer/SignerApplication.java")
                                .toString());
        assertThat(failed).as("SignerApplication.java compiles").isZero();
        Files.writeString(folder.resolve("signer.secret"), TestIssuer.SIGNER_SECRET + "\n");
        // The three lines, but for the address of the issuer of this test.
        var lines = Files.readString(SOURCES.resolve("resources/application.properties"));
        assertThat(lines.lines()).hasSize(3);
        Files.writeString(
                folder.resolve("application.properties"),
                lines.replace("https://tokens.acme.example", issuer.url())
                        + "server.port=0\nserver.address=127.0.0.1\n");
        service = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        folder + System.getProperty("path.separator") + System.getProperty("java.class.path"),
                        "com.example.signer.SignerApplication")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        url = "http://127.0.0.1:" + port();
    }

    private String port() throws Exception {
        var started = java.util.regex.Pattern.compile("Tomcat started on port (\\d+)");
        for (int tries = 0; tries < 600 && service.isAlive(); tries++) {
            var port = started.matcher(Files.readString(folder.resolve("log")));
            if (port.find()) {
                return port.group(1);
            }
            Thread.sleep(100);
        }
        throw new AssertionError(Files.readString(folder.resolve("log")));
    }

    @AfterEach
    void stop() throws Exception {
        service.destroy();
        service.waitFor(20, TimeUnit.SECONDS);
        issuer.close();
    }

    @Test
    void answersAGrantedASpentAClosedAndAForeignToken() throws Exception {
        var granted = issuer.signing("app.jar", "the bytes");
        var closed = issuer.signing("app.jar", "the bytes");
        var foreign = issuer.signing("other.jar", "the bytes");
        issuer.closeToken(closed);
        // Of the block before it, whose issuer is another one here.
        var trial = Files.createDirectories(folder.resolve(".taskbound/spring"));
        Files.writeString(trial.resolve("app.jar"), "the bytes");
        header(trial.resolve("granted"), granted);
        header(trial.resolve("closed"), closed);
        header(trial.resolve("foreign"), foreign);

        var typed = typed("try=.taskbound/spring\n" + lines().replace("http://127.0.0.1:8080", url));

        assertThat(typed).containsExactlyElementsOf(wanted()).contains("200", "401", "403", "signed app.jar, 9 bytes");
        assertThat(Files.readString(folder.resolve("log"))).doesNotContain(granted, closed, foreign);
    }

    private static void header(Path file, String token) throws Exception {
        Files.createFile(
                file, PosixFilePermissions.asFileAttribute(Set.copyOf(PosixFilePermissions.fromString("rw-------"))));
        Files.writeString(file, "Authorization: Bearer " + token + "\n");
    }

    /** The last block of the section that the reader types. */
    private static String lines() throws Exception {
        var section = Files.readString(DOCS.resolve("spring.md"))
                .split("\n## Try it\n", 2)[1]
                .split("\n## ", 2)[0];
        var last = section.substring(section.lastIndexOf("```sh\n") + 6);
        return last.substring(0, last.indexOf("```"));
    }

    private static List<String> wanted() throws Exception {
        return lines().lines()
                .filter(line -> line.contains("# "))
                .map(line -> line.replaceAll(".*# ", "").replaceAll(":.*", ""))
                .toList();
    }

    private List<String> typed(String lines) throws Exception {
        var shell = new ProcessBuilder("sh", "-ec", lines)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        var output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor(70, TimeUnit.SECONDS)).isTrue();
        assertThat(shell.exitValue()).as(output).isZero();
        return output.lines().toList();
    }
}
