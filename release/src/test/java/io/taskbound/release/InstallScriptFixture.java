// SPDX-License-Identifier: Apache-2.0
package io.taskbound.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A release on a server on loopback, and a home folder to install it to; what is in the archive is a program of a line.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the script is for Linux and macOS")
abstract class InstallScriptFixture {
    static final String SCRIPT = Script.ROOT.resolve("release/install.sh").toString();

    final Map<String, byte[]> served = new ConcurrentHashMap<>();

    /** Files whose second half never comes; each request for one gives a permit. */
    final Set<String> held = ConcurrentHashMap.newKeySet();

    final Semaphore asked = new Semaphore(0);

    /** Files that end after a gigabyte only. */
    final Set<String> endless = ConcurrentHashMap.newKeySet();

    /** What was sent of those. */
    final LongAdder sent = new LongAdder();

    @TempDir
    Path folder;

    Path home = Path.of("");
    String archive = "";
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;

    @BeforeEach
    void serve() throws Exception {
        home = Files.createDirectories(folder.resolve("a home"));
        archive = "taskbound-1.2.3-" + system() + ".tar.gz";
        put("1.2.3", "echo \"taskbound 1.2.3\"");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        var name = exchange.getRequestURI().getPath().substring(1);
        try (exchange) {
            var octets = served.get(name);
            if (octets == null) {
                exchange.sendResponseHeaders(404, -1);
            } else if (endless.contains(name)) {
                exchange.sendResponseHeaders(200, 0);
                while (sent.sum() < 1 << 30) {
                    exchange.getResponseBody().write(new byte[1 << 20]);
                    sent.add(1 << 20);
                }
            } else if (held.contains(name)) {
                exchange.sendResponseHeaders(200, octets.length);
                exchange.getResponseBody().write(octets, 0, octets.length / 2);
                exchange.getResponseBody().flush();
                asked.release();
                stopped.await();
            } else {
                exchange.sendResponseHeaders(200, octets.length);
                exchange.getResponseBody().write(octets);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void stop() {
        stopped.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private String system() throws Exception {
        var os = ran(Map.of(), "uname", "-s").output().strip().equals("Darwin") ? "macos" : "linux";
        return os + "-"
                + ran(Map.of(), "uname", "-m")
                        .output()
                        .strip()
                        .replace("arm64", "aarch64")
                        .replace("amd64", "x86_64");
    }

    String from() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** An archive of this version, whose program is this line. */
    void put(String version, String line) throws Exception {
        var tree = Files.createTempDirectory(folder, "tree");
        var program = Files.createDirectories(tree.resolve("taskbound-" + version + "/bin"))
                .resolve("taskbound");
        Files.writeString(program, "#!/bin/sh\n" + line + "\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        var file = tree.resolve("archive");
        assertThat(ran(Map.of(), "tar", "czf", file.toString(), "-C", tree.toString(), "taskbound-" + version)
                        .code())
                .isZero();
        served.put(archive.replace("1.2.3", version), Files.readAllBytes(file));
    }

    static String sha256(byte[] octets) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets));
    }

    String sha256() throws Exception {
        return sha256(served.get(archive));
    }

    Ended ran(Map<String, String> more, String... command) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("PATH", System.getenv("PATH"));
        builder.environment().put("HOME", home.toString());
        builder.environment().putAll(more);
        var process = builder.start();
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).as(output).isTrue();
        return new Ended(process.exitValue(), output);
    }

    Ended install(String... options) throws Exception {
        return install(Map.of(), options);
    }

    Ended install(Map<String, String> more, String... options) throws Exception {
        var command = new ArrayList<>(List.of("sh", SCRIPT));
        command.addAll(List.of(options));
        if (!command.contains("--version")) {
            command.addAll(List.of("--version", "1.2.3"));
        }
        if (!command.contains("--from")) {
            command.addAll(List.of("--from", from()));
        }
        return ran(more, command.toArray(String[]::new));
    }

    Path link() {
        return home.resolve(".local/bin/taskbound");
    }

    Path versions() {
        return home.resolve(".local/share/taskbound");
    }

    void assertNothingOf(String version) throws IOException {
        assertThat(versions().resolve(version)).doesNotExist();
        assertNothingHalf();
    }

    void assertNothingHalf() throws IOException {
        if (Files.isDirectory(versions())) {
            try (var files = Files.list(versions())) {
                assertThat(files.map(file -> file.getFileName().toString()))
                        .noneMatch(name -> name.startsWith(".install"));
            }
        }
    }

    Path signed(String sums) throws Exception {
        return signed(sums, false);
    }

    Path signed(String sums, boolean revoked) throws Exception {
        return signed(sums, revoked, "--detach-sign");
    }

    /**
     * Real keys and signatures, in a keyring that is not the user's; the key's file, revoked after it has signed or
     * not.
     */
    Path signed(String sums, boolean revoked, String how) throws Exception {
        assumeTrue(ran(Map.of(), "sh", "-c", "command -v gpg").code() == 0, "NOT RUN: no gpg here");
        // Short: the agent's socket lies in it.
        var ring = Files.createTempDirectory("tbk");
        var gpg = Map.of("GNUPGHOME", ring.toString());
        try {
            assertThat(ring.toFile().setReadable(false, false) && ring.toFile().setReadable(true, true))
                    .isTrue();
            assertThat(ran(
                                    gpg,
                                    "gpg",
                                    "--batch",
                                    "--quiet",
                                    "--passphrase",
                                    "",
                                    "--quick-generate-key",
                                    "release@acme.example",
                                    "ed25519",
                                    "sign",
                                    "1d")
                            .code())
                    .isZero();
            var file = Files.writeString(folder.resolve("SHA256SUMS"), sums);
            var signature = folder.resolve("SHA256SUMS.asc");
            Files.deleteIfExists(signature);
            assertThat(ran(
                                    gpg,
                                    "gpg",
                                    "--batch",
                                    "--quiet",
                                    "--armor",
                                    how,
                                    "--output",
                                    signature.toString(),
                                    file.toString())
                            .code())
                    .isZero();
            served.put("SHA256SUMS", Files.readAllBytes(file));
            served.put("SHA256SUMS.asc", Files.readAllBytes(signature));
            if (revoked) {
                revokeIn(ring, gpg);
            }
            var key = Files.createTempFile(folder, "key", ".asc");
            return Files.writeString(
                    key, ran(gpg, "gpg", "--batch", "--armor", "--export").output());
        } finally {
            ran(gpg, "gpgconf", "--kill", "all");
            try (var files = Files.walk(ring)) {
                files.sorted(java.util.Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        }
    }

    String sums() throws Exception {
        return "0".repeat(64) + "  another.tar.gz\n" + sha256() + "  " + archive + "\n";
    }

    /** By the certificate that gpg makes with each key, and keeps from being used by a colon. */
    private void revokeIn(Path ring, Map<String, String> gpg) throws Exception {
        try (var certificates = Files.list(ring.resolve("openpgp-revocs.d"))) {
            var certificate = certificates.findFirst().orElseThrow();
            Files.writeString(certificate, Files.readString(certificate).replace(":-----BEGIN", "-----BEGIN"));
            assertThat(ran(gpg, "gpg", "--batch", "--quiet", "--import", certificate.toString())
                            .code())
                    .isZero();
        }
    }
}
