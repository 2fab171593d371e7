// SPDX-License-Identifier: Apache-2.0
package io.taskbound.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive as somebody has it who unpacks it on a machine without Java. Makes it, which takes half a minute. */
@Tag("long")
class ArchiveIT {
    private static final long MOST = 60_000_000;
    private static final int MINUTES = 5;

    @TempDir
    static Path folder;

    private static Path archive = Path.of("");
    private static Path root = Path.of("");
    private static Path tools = Path.of("");

    @BeforeAll
    static void makeAndUnpack() throws Exception {
        assumeTrue(File.separatorChar == '/', "NOT RUN: made by the release workflow on Windows, and not tried there");
        var made = ran(
                Map.of("PATH", System.getenv("PATH"), "HOME", folder.toString()),
                "bash",
                Script.ROOT.resolve("release/archive").toString(),
                "--built",
                "--out",
                folder.resolve("out").toString());
        assertThat(made.code()).as(made.output()).isZero();
        archive = Path.of(
                made.output().strip().lines().reduce((first, last) -> last).orElseThrow());
        var unpacked = Files.createDirectories(folder.resolve("a folder with blanks"));
        assertThat(ran(
                                Map.of("PATH", System.getenv("PATH")),
                                "tar",
                                "xf",
                                archive.toString(),
                                "-C",
                                unpacked.toString())
                        .code())
                .isZero();
        try (var folders = Files.list(unpacked)) {
            root = folders.findFirst().orElseThrow();
        }
        tools = Files.createDirectories(folder.resolve("tools"));
        for (var tool : List.of("sh", "readlink", "tr", "grep", "env")) {
            Files.createSymbolicLink(tools.resolve(tool), which(tool));
        }
    }

    private static Path which(String tool) {
        return List.of(System.getenv("PATH").split(File.pathSeparator)).stream()
                .map(part -> Path.of(part, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
    }

    private static ProcessBuilder process(Map<String, String> environment, String... command) {
        var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder;
    }

    private static Ended ran(Map<String, String> environment, String... command) throws Exception {
        var process = process(environment, command).start();
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError("still running; it said:\n" + output);
        }
        return new Ended(process.exitValue(), output);
    }

    /** No Java on the PATH, a JAVA_HOME that is none, and a home of its own. */
    private static Ended taskbound(Map<String, String> more, String... words) throws Exception {
        var command = new ArrayList<>(List.of(root.resolve("bin/taskbound").toString()));
        command.addAll(List.of(words));
        return ran(withoutJava(more), command.toArray(String[]::new));
    }

    private static Map<String, String> withoutJava(Map<String, String> more) {
        var environment = new HashMap<>(Map.of(
                "PATH",
                tools.toString(),
                "JAVA_HOME",
                "/nonsense",
                "HOME",
                folder.resolve("home").toString()));
        environment.putAll(more);
        return environment;
    }

    @Test
    void isAtMost60Megabytes() throws IOException {
        assertThat(Files.size(archive)).isLessThanOrEqualTo(MOST);
    }

    @Test
    void holdsNothingOfDynamoDbLocal() throws IOException {
        try (var files = Files.walk(root)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .contains("taskbound.jar", "taskbound-run.jar", "dynamodb-local.list")
                    .noneMatch(name ->
                            name.matches("(?i)(DynamoDBLocal|.*sqlite4java|kotlin-|jetty-|log4j-|pinpoint-).*"));
        }
    }

    @Test
    void holdsWhatShellsAndManRead() throws IOException {
        for (var file : List.of(
                "share/bash-completion/completions/taskbound",
                "share/zsh/site-functions/_taskbound",
                "share/fish/vendor_completions.d/taskbound.fish",
                "share/man/man1/taskbound.1",
                "LICENSE",
                "NOTICE",
                "runtime/legal/java.base/LICENSE")) {
            assertThat(root.resolve(file)).isNotEmptyFile();
        }
    }

    @Test
    void runsWithoutJavaAlsoThroughALink() throws Exception {
        var ran = taskbound(Map.of(), "version");
        assertThat(ran.output()).startsWith("taskbound " + System.getProperty("taskbound.version") + ", Java ");
        assertThat(ran.code()).isZero();
        var link = Files.createSymbolicLink(folder.resolve("taskbound link"), root.resolve("bin/taskbound"));
        assertThat(ran(Map.of("PATH", tools.toString()), link.toString(), "version")
                        .output())
                .isEqualTo(ran.output());
        var linked = Files.createSymbolicLink(folder.resolve("linked bin"), root.resolve("bin"));
        assertThat(ran(Map.of("PATH", tools.toString()), linked + "/taskbound", "version")
                        .output())
                .isEqualTo(ran.output());
    }

    /** Else `run` only starts slower, and nobody notices. */
    @Test
    void runStartsFromTheClassesWrittenDownInAnotherFolder() throws Exception {
        assumeTrue(Files.exists(root.resolve("app/run.jsa")), "NOT RUN: made by a JDK that cannot move them");
        var ran = ran(
                Map.of(),
                root.resolve("runtime/bin/java").toString(),
                "-XX:SharedArchiveFile=" + root.resolve("app/run.jsa"),
                "-XX:+UseSerialGC",
                "-Xlog:class+load",
                "-jar",
                root.resolve("app/taskbound-run.jar").toString(),
                "run",
                "--help");
        assertThat(ran.output()).containsPattern("io\\.taskbound\\.cli\\.run\\.RunCommand source: shared objects file");
    }

    /** What the build has, as Maven Central would serve it. */
    private static HttpServer central() throws IOException {
        var repository = Path.of(Objects.requireNonNull(System.getProperty("taskbound.repository")));
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                var file = repository.resolve(exchange.getRequestURI().getPath().substring(1));
                exchange.sendResponseHeaders(200, Files.size(file));
                Files.copy(file, exchange.getResponseBody());
            }
        });
        server.start();
        return server;
    }

    private static Map<String, String> asked(HttpServer central) {
        return Map.of(
                "TASKBOUND_MAVEN_CENTRAL",
                "http://127.0.0.1:" + central.getAddress().getPort());
    }

    /** Each file with the time at which it was last written. */
    private static Map<Path, FileTime> written() throws IOException {
        try (var files = Files.walk(root)) {
            var written = new TreeMap<Path, FileTime>();
            for (var file : files.toList()) {
                written.put(file, Files.getLastModifiedTime(file));
            }
            return written;
        }
    }

    /** The mode forbids it to others than root; for root, the folder is compared. */
    @Test
    void writesNothingWhereItIsInstalled() throws Exception {
        assertThat(ran(Map.of("PATH", System.getenv("PATH")), "chmod", "-R", "a-w", root.toString())
                        .code())
                .isZero();
        var before = written();
        var server = central();
        try {
            assertThat(taskbound(asked(server), "demo").code()).isZero();
            assertThat(taskbound(Map.of(), "run", "--help").code()).isZero();
            assertThat(written()).isEqualTo(before);
        } finally {
            server.stop(0);
            ran(Map.of("PATH", System.getenv("PATH")), "chmod", "-R", "u+w", root.toString());
        }
    }

    /** As somebody tries it: an issuer of the archive, and a step that the archive's {@code run} starts. */
    @Test
    void runsACommandWithATokenOfItsOwnIssuer() throws Exception {
        var server = central();
        var issuer = process(
                        withoutJava(asked(server)),
                        root.resolve("bin/taskbound").toString(),
                        "serve",
                        "--dev",
                        "--port",
                        "0",
                        "--data",
                        folder.resolve("data").toString())
                .start();
        try {
            var url = saidAfter(issuer, "listening on ");
            var idToken = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(url + "/dev/id-token"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body()
                    .strip();
            var ran = taskbound(
                    Map.of("TASKBOUND_ID_TOKEN", idToken),
                    "run",
                    "--issuer",
                    url,
                    "--task",
                    "deploy",
                    "--identifier",
                    "environment:acme/shop/staging",
                    "--",
                    "sh",
                    "-c",
                    "echo the step ran with ${TASKBOUND_TOKEN_FILE:+a token}");
            assertThat(ran.output()).contains("granted deploy", "the step ran with a token", "closed by step end");
            assertThat(ran.code()).isZero();
        } finally {
            issuer.destroy();
            issuer.waitFor(MINUTES, TimeUnit.MINUTES);
            server.stop(0);
        }
    }

    private static String saidAfter(Process process, String start) throws IOException {
        var said = new StringBuilder();
        var output = process.inputReader(StandardCharsets.UTF_8);
        for (var line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(start)) {
                return line.substring(start.length());
            }
            said.append(line).append('\n');
        }
        throw new AssertionError("it ended, and said:\n" + said);
    }

    @Test
    void playsTheDemoWithWhatItFetchesOnce() throws Exception {
        var server = central();
        try {
            // A home of its own: other tests bring it into the usual one.
            var mirror = new HashMap<>(asked(server));
            mirror.put("HOME", folder.resolve("first home").toString());
            var first = taskbound(mirror, "demo");
            assertThat(first.output())
                    .contains("fetching ", "dynamodblocallicense", "7 of 7 refusals, 3 of 3 grants.  OK");
            assertThat(first.code()).isZero();
            var again = taskbound(mirror, "demo");
            assertThat(again.output())
                    .contains("7 of 7 refusals, 3 of 3 grants.  OK")
                    .doesNotContain("fetching");
        } finally {
            server.stop(0);
        }
    }
}
