// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local.minio;

import io.taskbound.local.OwnPort;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * A MinIO server on a loopback port, with data of its own: S3, and STS at the same endpoint. It ends with this object,
 * and with this process, also if that is killed.
 */
public final class Minio implements AutoCloseable {
    /** Names the program, where it is not on the PATH. */
    public static final String VARIABLE = "TASKBOUND_MINIO";

    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration END = Duration.ofSeconds(10);
    /** Waits for the end of its own input, which comes when the process that started it is gone, whatever ended it. */
    private static final String UNTIL_INPUT_ENDS = "\"$@\" & server=$!; read -r end; kill $server; wait $server";

    private final Process process;
    private final URI endpoint;
    private final AwsBasicCredentials root;

    /** It cannot be had on this machine; the message says why, for a report that reads "NOT RUN". */
    public static final class Unavailable extends Exception {
        private static final long serialVersionUID = 1L;

        Unavailable(String why) {
            super(why);
        }
    }

    private Minio(Process process, URI endpoint, AwsBasicCredentials root) {
        this.process = process;
        this.endpoint = endpoint;
        this.root = root;
    }

    /**
     * @param environment where to look for the program: {@value #VARIABLE}, else PATH
     * @param folder for its data; the caller's to delete
     */
    public static Minio start(Map<String, String> environment, Path folder) throws Unavailable, IOException {
        var program = program(environment)
                .orElseThrow(() -> new Unavailable(
                        "no minio on the PATH, and " + VARIABLE + " names none (go install github.com/minio/minio)"));
        var random = new SecureRandom();
        var root = AwsBasicCredentials.create(secret(random, 8), secret(random, 20));
        int port = OwnPort.find();
        var minio = new Minio(process(program, folder, port, root), URI.create("http://127.0.0.1:" + port), root);
        minio.awaitStart(folder);
        return minio;
    }

    private static Optional<Path> program(Map<String, String> environment) {
        var named = environment.getOrDefault(VARIABLE, "");
        if (!named.isEmpty()) {
            return Optional.of(Path.of(named)).filter(Files::isExecutable);
        }
        return Stream.of(environment.getOrDefault("PATH", "").split(Pattern.quote(File.pathSeparator), -1))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder).resolve("minio"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static String secret(SecureRandom random, int octets) {
        var bytes = new byte[octets];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static Process process(Path program, Path folder, int port, AwsBasicCredentials root) throws IOException {
        var data = Files.createDirectories(folder.resolve("data"));
        var builder = new ProcessBuilder(
                        "sh",
                        "-c",
                        UNTIL_INPUT_ENDS,
                        "sh",
                        program.toString(),
                        "server",
                        data.toString(),
                        "--address",
                        "127.0.0.1:" + port,
                        "--quiet")
                .redirectErrorStream(true)
                .redirectOutput(log(folder).toFile());
        builder.environment().clear();
        builder.environment()
                .putAll(Map.of(
                        "PATH",
                        "/usr/bin:/bin",
                        "HOME",
                        folder.toString(),
                        "MINIO_ROOT_USER",
                        root.accessKeyId(),
                        "MINIO_ROOT_PASSWORD",
                        root.secretAccessKey(),
                        "MINIO_BROWSER",
                        "off",
                        // It asks nobody whether there is a newer one.
                        "MINIO_UPDATE",
                        "off"));
        return builder.start();
    }

    private static Path log(Path folder) {
        return folder.resolve("minio.log");
    }

    private void awaitStart(Path folder) throws IOException, Unavailable {
        var health = HttpRequest.newBuilder(endpoint.resolve("/minio/health/ready"))
                .timeout(Duration.ofSeconds(2))
                .build();
        var client = HttpClient.newHttpClient();
        long end = System.nanoTime() + START.toNanos();
        try {
            while (process.isAlive() && System.nanoTime() < end) {
                if (listens()
                        && client.send(health, HttpResponse.BodyHandlers.discarding())
                                        .statusCode()
                                == 200) {
                    return;
                }
                Thread.sleep(100);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        close();
        throw new Unavailable("minio does not start: " + log(folder));
    }

    private boolean listens() throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), endpoint.getPort())) {
            return socket.isConnected();
        } catch (java.net.ConnectException notYet) {
            return false;
        }
    }

    public URI endpoint() {
        return endpoint;
    }

    /** They may do everything. */
    public StaticCredentialsProvider root() {
        return StaticCredentialsProvider.create(root);
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(END.toSeconds(), TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (IOException gone) {
            process.destroyForcibly();
        } catch (InterruptedException stop) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
