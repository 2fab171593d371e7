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
    private static final int CALLERS = 8;
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
        var builder = new ProcessBuilder(
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
                folder.resolve("data").toString(),
                "--policy",
                site.policy().toString(),
                "--port",
                "0",
                "--issuer-url",
                Scene.ISSUER);
        var process = OwnProcess.start("serve", builder, folder);
        try {
            process.await(
                    PATIENCE,
                    "said that it listens",
                    () -> LISTENING.matcher(process.output()).find());
            var started = Started.once(process.effort());
            var listening = LISTENING.matcher(process.output());
            if (!listening.find()) {
                throw process.broken("listens nowhere");
            }
            return new Running(table, process, started, Integer.parseInt(listening.group(1)));
        } catch (IOException | RuntimeException e) {
            process.close();
            throw e;
        }
    }

    private final class Running implements Server {
        private final String table;
        private final OwnProcess process;
        private final Started started;
        private final int port;

        Running(String table, OwnProcess process, Started started, int port) {
            this.table = table;
            this.process = process;
            this.started = started;
            this.port = port;
        }

        @Override
        public Started started() {
            return started;
        }

        @Override
        public OwnProcess process() {
            return process;
        }

        @Override
        public int callers() {
            return CALLERS;
        }

        @Override
        public List<byte[]> requests(int count) {
            return site.idTokens().make(count).stream()
                    .map(idToken -> HttpExchange.request(
                            "/token",
                            "application/x-www-form-urlencoded",
                            Asks.mint(idToken, Scene.SIGN).body()))
                    .toList();
        }

        @Override
        public Exchange open() throws IOException {
            return new HttpExchange(port);
        }

        @Override
        public void close() {
            process.close();
            site.dropTable(table);
        }
    }
}
