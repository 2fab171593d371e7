// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * Measures {@code taskbound guard} in a process of its own before an issuer that keeps its ledger in memory: what it
 * adds to the issuer's own redeem under the same load, and whether it holds 500 requests a second.
 */
public final class GuardLoad {
    private static final double MOST_ADDED = 1.2;
    /** Of each side, since a gateway and an issuer run for days: with 8,000 the guard is still being compiled. */
    private static final int WARM_UP = 20_000;

    private static final int ROUNDS = 5;
    private static final int ROUND_SECONDS = 5;
    private static final int RATE = 100;
    private static final int CONNECTIONS = 4;
    private static final int HELD_RATE = 500;
    private static final int HELD_SECONDS = 20;
    private static final int HELD_CONNECTIONS = 32;
    /** 99 of 100 requests at the full rate are answered within this time of when they were due. */
    private static final double HELD_MILLIS = 1_000;

    private static final String DIGEST = "9f".repeat(32);

    private GuardLoad() {}

    /** @param arguments the jar of the command line */
    public static void main(String[] arguments) throws Exception {
        // Read once, when the process makes its first HTTP server, which is the scene's. Else an answer of the issuer's
        // waits for the guard's delayed acknowledgement, 40 ms a request.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        // After the guard has been closed: an exit would leave its process running.
        System.exit(passes(Path.of(arguments[0])) ? 0 : 1);
    }

    private static boolean passes(Path jar) throws Exception {
        try (var scene = new Scene()) {
            var edge = scene.edge(new RedeemingLedger().ledger());
            var token = Answered.token(edge.handle(scene.mintRequest(1, Scene.SIGN)));
            try (var issuer = new IssuerOverHttp(edge);
                    var guard = Guarding.start(jar, issuer.port())) {
                return measured(issuer.port(), redeem(scene, token), guard.port(), question(token));
            }
        }
    }

    static byte[] redeem(Scene scene, String token) {
        var request = scene.redeemRequest(token);
        var body = new String(request.body(), StandardCharsets.US_ASCII);
        return (String.join(
                                "\r\n",
                                "POST /redeem HTTP/1.1",
                                "Host: issuer",
                                "Content-Type: application/x-www-form-urlencoded",
                                "Accept: application/json",
                                "Authorization: "
                                        + request.headers("authorization").get(0),
                                "Content-Length: " + body.length())
                        + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] question(String token) {
        return KeptConnection.octets(
                "GET /check HTTP/1.1",
                "Host: guard",
                "X-Original-Request: PUT /artifacts/acme/shop/app.jar/" + DIGEST + " HTTP/1.1",
                "X-Original-Host: signer.acme.example",
                "Authorization: Bearer " + token);
    }

    private static boolean measured(int issuer, byte[] redeem, int guard, byte[] question) throws Exception {
        new Load(issuer, redeem, CONNECTIONS).asFastAsItGoes(WARM_UP);
        new Load(guard, question, CONNECTIONS).asFastAsItGoes(WARM_UP);
        var direct = new ArrayList<Double>();
        var guarded = new ArrayList<Double>();
        for (int round = 0; round < ROUNDS; round++) {
            direct.add(percentile(new Load(issuer, redeem, CONNECTIONS).at(RATE, ROUND_SECONDS), 50));
            guarded.add(percentile(new Load(guard, question, CONNECTIONS).at(RATE, ROUND_SECONDS), 50));
        }
        double own = Times.median(direct);
        double whole = Times.median(guarded);
        double added = (whole - own) / own;
        System.out.printf(
                Locale.ROOT,
                "redeem %.3f ms, through guard %.3f ms (medians, %d a second): guard adds %.2f times a redeem  (bar %.2f)"
                        + "  %s%n",
                own,
                whole,
                RATE,
                added,
                MOST_ADDED,
                added <= MOST_ADDED ? "PASS" : "FAIL");
        var held = new Load(guard, question, HELD_CONNECTIONS).at(HELD_RATE, HELD_SECONDS);
        double late = percentile(held, 99);
        System.out.printf(
                Locale.ROOT,
                "%d a second for %d s: all allowed, p50 %.2f ms, p99 %.2f ms from when each was due  (bar p99 %.0f ms)  %s%n",
                HELD_RATE,
                HELD_SECONDS,
                percentile(held, 50),
                late,
                HELD_MILLIS,
                late <= HELD_MILLIS ? "PASS" : "FAIL");
        return added <= MOST_ADDED && late <= HELD_MILLIS;
    }

    private static double percentile(double[] millis, int percent) {
        var sorted = millis.clone();
        Arrays.sort(sorted);
        return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
    }

    /** Requests on kept connections; whatever is not answered 200 ends the measurement. */
    private static final class Load {
        private final int port;
        private final byte[] request;
        private final int connections;

        Load(int port, byte[] request, int connections) {
            this.port = port;
            this.request = request.clone();
            this.connections = connections;
        }

        void asFastAsItGoes(int requests) throws Exception {
            inParallel(number -> {
                try (var connection = new KeptConnection(port)) {
                    for (int i = 0; i < requests / connections; i++) {
                        ask(connection);
                    }
                    return new double[0];
                }
            });
        }

        /** Milliseconds of each, from when it was due, so that a server that falls behind shows. */
        double[] at(int rate, int seconds) throws Exception {
            long start = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(100);
            int each = rate * seconds / connections;
            return inParallel(number -> {
                var millis = new double[each];
                try (var connection = new KeptConnection(port)) {
                    for (int i = 0; i < each; i++) {
                        long due = start + TimeUnit.SECONDS.toNanos((long) i * connections + number) / rate;
                        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                            LockSupport.parkNanos(left);
                        }
                        ask(connection);
                        millis[i] = (System.nanoTime() - due) / 1e6;
                    }
                }
                return millis;
            });
        }

        private void ask(KeptConnection connection) throws IOException {
            int status = connection.ask(request);
            if (status != 200) {
                throw new IllegalStateException("answered " + status);
            }
        }

        private double[] inParallel(Worker worker) throws InterruptedException, ExecutionException {
            var threads = Executors.newFixedThreadPool(connections);
            try {
                List<Callable<double[]>> work = IntStream.range(0, connections)
                        .<Callable<double[]>>mapToObj(number -> () -> worker.work(number))
                        .toList();
                var all = new ArrayList<double[]>();
                for (var done : threads.invokeAll(work)) {
                    all.add(done.get());
                }
                return all.stream().flatMapToDouble(Arrays::stream).toArray();
            } finally {
                threads.shutdownNow();
            }
        }

        private interface Worker {
            double[] work(int number) throws Exception;
        }
    }

    /** The guard in a process of its own, with its log dropped. */
    record Guarding(Process process, Path folder, int port) implements AutoCloseable {
        private static final String RULES = """
                version: 1
                public_url: https://signer.acme.example
                rules:
                  - name: sign
                    methods: [PUT]
                    path: /artifacts/{owner}/{name}/{file}/{digest}
                    where: {digest: sha256}
                    action: sign
                    identifier: "artifact:{owner}/{name}/{file}@sha256:{digest}"
                """;

        static Guarding start(Path jar, int issuer) throws IOException {
            var folder = Files.createTempDirectory("taskbound-guard-load-");
            var rules = Files.writeString(folder.resolve("rules.yaml"), RULES);
            var secret = Files.writeString(folder.resolve("secret"), PolicyText.SECRET);
            var process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx256m",
                            "-XX:+UseSerialGC",
                            "-jar",
                            jar.toString(),
                            "guard",
                            "--rules",
                            rules.toString(),
                            "--server",
                            "signer",
                            "--secret-file",
                            secret.toString(),
                            "--issuer",
                            "http://127.0.0.1:" + issuer,
                            "--listen",
                            "127.0.0.1:0",
                            "--admin",
                            "127.0.0.1:0")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return new Guarding(process, folder, port(process));
        }

        private static int port(Process process) throws IOException {
            var said = new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
            var lines = new ArrayList<String>();
            for (var line = said.readLine(); line != null; line = said.readLine()) {
                if (line.startsWith("listening on http://127.0.0.1:")) {
                    return Integer.parseInt(line.replaceAll("listening on http://127\\.0\\.0\\.1:(\\d+).*", "$1"));
                }
                lines.add(line);
            }
            throw new IllegalStateException("the guard did not start: " + lines);
        }

        @Override
        public void close() throws IOException {
            process.destroy();
            Files.deleteIfExists(folder.resolve("rules.yaml"));
            Files.deleteIfExists(folder.resolve("secret"));
            Files.deleteIfExists(folder);
        }
    }
}
