// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Locale;

/** {@code taskbound mcp-gateway} in a process of its own, with its log read and dropped. */
record McpGatewayProcess(Process process, Path folder, int port) implements AutoCloseable {
    private static final String MAP = """
            version: 1
            url: https://signer.acme.example
            server:
              url: http://127.0.0.1:%d
            tools:
              sign:
                action: sign
                identifier: "artifact:{owner}/{name}/{file}@sha256:{digest}"
                arguments: {owner: name, name: name, file: name, digest: sha256}
            """;
    private static final String LISTENING = "listening on http://127.0.0.1:";

    static McpGatewayProcess start(Path jar, int issuer, int server) throws IOException {
        var folder = Files.createTempDirectory("taskbound-mcp-load-");
        var map = Files.writeString(folder.resolve("map.yaml"), String.format(Locale.ROOT, MAP, server));
        var secret = Files.writeString(folder.resolve("secret"), PolicyText.SECRET);
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-jar",
                        jar.toString(),
                        "mcp-gateway",
                        "--map",
                        map.toString(),
                        "--server",
                        "signer",
                        "--secret-file",
                        secret.toString(),
                        "--issuer",
                        "http://127.0.0.1:" + issuer,
                        "--listen",
                        "127.0.0.1:0")
                .redirectErrorStream(true)
                .start();
        return new McpGatewayProcess(process, folder, port(process));
    }

    private static int port(Process process) throws IOException {
        var said = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        var lines = new ArrayList<String>();
        for (var line = said.readLine(); line != null; line = said.readLine()) {
            if (line.startsWith(LISTENING)) {
                drop(said);
                return Integer.parseInt(line.substring(LISTENING.length()).split(" ")[0]);
            }
            lines.add(line);
        }
        throw new IllegalStateException("the gateway did not start: " + lines);
    }

    private static void drop(BufferedReader said) {
        var reader = new Thread(() -> {
            try {
                said.transferTo(Writer.nullWriter());
            } catch (IOException ended) {
                return;
            }
        });
        reader.setDaemon(true);
        reader.start();
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        Files.deleteIfExists(folder.resolve("map.yaml"));
        Files.deleteIfExists(folder.resolve("secret"));
        Files.deleteIfExists(folder);
    }
}
