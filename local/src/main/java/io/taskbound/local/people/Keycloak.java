// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local.people;

import io.taskbound.local.OwnPort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A Keycloak on a loopback port, from a copy of its distribution, with the realm {@code acme}: the client
 * {@code taskbound}, and the people octavia and oscar, both release managers. It ends with this object, and with this
 * process, also if that is killed.
 */
public final class Keycloak implements AutoCloseable {
    /** Names the folder of the distribution, in which {@code bin/kc.sh} is. */
    public static final String VARIABLE = "TASKBOUND_KEYCLOAK";

    private static final String REALM = "acme";
    private static final Duration START = Duration.ofMinutes(5);
    private static final Duration END = Duration.ofSeconds(20);
    /** Waits for the end of its own input, which comes when the process that started it is gone, whatever ended it. */
    private static final String UNTIL_INPUT_ENDS = "\"$@\" & server=$!; read -r end; kill $server; wait $server";

    private final Process process;
    private final int port;
    private final String password;

    /** It cannot be had on this machine; the message says why, for a report that reads "NOT RUN". */
    public static final class Unavailable extends Exception {
        private static final long serialVersionUID = 1L;

        Unavailable(String why) {
            super(why);
        }
    }

    private Keycloak(Process process, int port, String password) {
        this.process = process;
        this.port = port;
        this.password = password;
    }

    /**
     * @param environment where to look for the distribution: {@value #VARIABLE}
     * @param folder for its copy and data; the caller's to delete
     * @param redirectUri where people are sent back to
     */
    public static Keycloak start(Map<String, String> environment, Path folder, String redirectUri)
            throws Unavailable, IOException {
        var distribution = Optional.ofNullable(environment.get(VARIABLE))
                .filter(named -> !named.isEmpty())
                .map(Path::of)
                .filter(home -> Files.isRegularFile(home.resolve("bin/kc.sh")))
                .orElseThrow(() -> new Unavailable(VARIABLE
                        + " names no folder of a Keycloak (org.keycloak:keycloak-quarkus-dist:26.4.0:zip, unpacked)"));
        var home = copied(distribution, folder.resolve("keycloak"));
        var password = fresh();
        var imports = Files.createDirectories(home.resolve("data/import"));
        Files.writeString(imports.resolve("realm.json"), realm(redirectUri, password));
        int port = OwnPort.find();
        var keycloak = new Keycloak(process(home, folder, port), port, password);
        keycloak.awaitStart(folder);
        return keycloak;
    }

    /** It changes its own files when it starts. */
    private static Path copied(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (var file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
        return to;
    }

    private static String fresh() {
        var random = new byte[12];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    private static String realm(String redirectUri, String password) throws IOException {
        try (var in = Objects.requireNonNull(Keycloak.class.getResourceAsStream("keycloak-realm.json"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("@REDIRECT@", redirectUri)
                    .replace("@PASSWORD@", password);
        }
    }

    private static Process process(Path home, Path folder, int port) throws IOException {
        return new ProcessBuilder(
                        "sh",
                        "-c",
                        UNTIL_INPUT_ENDS,
                        "sh",
                        "sh",
                        home.resolve("bin/kc.sh").toString(),
                        "start-dev",
                        "--http-host=127.0.0.1",
                        "--http-port=" + port,
                        "--import-realm")
                .redirectErrorStream(true)
                .redirectOutput(log(folder).toFile())
                .start();
    }

    private static Path log(Path folder) {
        return folder.resolve("keycloak.log");
    }

    private void awaitStart(Path folder) throws IOException, Unavailable {
        var discovery = HttpRequest.newBuilder(URI.create(issuer() + "/.well-known/openid-configuration"))
                .timeout(Duration.ofSeconds(10))
                .build();
        var client = HttpClient.newHttpClient();
        long end = System.nanoTime() + START.toNanos();
        try {
            while (process.isAlive() && System.nanoTime() < end) {
                if (answers(client, discovery)) {
                    return;
                }
                Thread.sleep(250);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        close();
        throw new Unavailable("keycloak does not start: " + log(folder));
    }

    private static boolean answers(HttpClient client, HttpRequest request) throws InterruptedException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    public String issuer() {
        return "http://127.0.0.1:" + port + "/realms/" + REALM;
    }

    /** Of everybody in the realm. */
    public String password() {
        return password;
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
