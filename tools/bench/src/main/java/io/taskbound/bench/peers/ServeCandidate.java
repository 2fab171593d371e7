// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench.peers;

import io.taskbound.bench.Asks;
import io.taskbound.bench.Scene;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** The command {@code serve}, its ledger in a table of the same DynamoDB that the function uses. */
final class ServeCandidate implements Candidate {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Pattern LISTENING = Pattern.compile("listening on http://127\\.0\\.0\\.1:([0-9]+)");
    private static final String FORM = "application/x-www-form-urlencoded";
    private final Site site;

    ServeCandidate(Site site) {
        this.site = site;
    }

    @Override
    public Row row() {
        return Row.SERVE;
    }

    @Override
    public Server start() throws IOException, NotHere {
        var table = site.newTable();
        var folder = site.newFolder();
        var process = OwnProcess.start("serve", command(table, folder.resolve("data")), folder);
        try {
            process.await(
                    PATIENCE,
                    "said where it listens",
                    () -> LISTENING.matcher(process.output()).find());
            var started = Started.once(process.effort());
            return new HttpServerProcess(
                    process, started, port(process.output()), this::requests, () -> site.dropTable(table));
        } catch (IOException | RuntimeException e) {
            process.close();
            throw e;
        }
    }

    private ProcessBuilder command(String table, Path data) throws NotHere {
        return new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:+IgnoreUnrecognizedVMOptions",
                "--enable-native-access=ALL-UNNAMED",
                "-jar",
                site.product().commandLine().toString(),
                "serve",
                "--table",
                table,
                "--endpoint-url",
                site.dynamoEndpoint(),
                "--data",
                data.toString(),
                "--policy",
                site.policy().toString(),
                "--port",
                "0",
                "--issuer-url",
                Scene.ISSUER);
    }

    private static int port(String output) throws IOException {
        var listening = LISTENING.matcher(output);
        if (!listening.find()) {
            throw new IOException("serve listens nowhere");
        }
        return Integer.parseInt(listening.group(1));
    }

    private List<byte[]> requests(int count) {
        return site.idTokens().make(count).stream()
                .map(idToken -> HttpExchange.request(
                        "/token", FORM, Asks.mint(idToken, Scene.SIGN).body()))
                .toList();
    }
}
