// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import io.taskbound.local.OwnPort;
import java.io.File;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * AWS's Lambda runtime interface emulator around a function. Ends, with the function, when it is closed. Loopback only.
 */
final class LambdaEmulator implements AutoCloseable {
    private static final String MODULE = "github.com/aws/aws-lambda-runtime-interface-emulator/cmd/aws-lambda-rie"
            + "@v0.0.0-20261030222936-bef5c4ba774d";
    private static final long INSTALL_SECONDS = 240;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final URI invocations;
    private final Path log;

    /** It cannot be had on this machine; the message says why. */
    static final class Unavailable extends Exception {
        private static final long serialVersionUID = 1L;

        Unavailable(String why) {
            super(why);
        }
    }

    private LambdaEmulator(Process process, int port, Path log) {
        this.process = process;
        this.invocations = URI.create("http://127.0.0.1:" + port + "/2015-03-31/functions/function/invocations");
        this.log = log;
    }

    /** Installs it below {@code target/} with Go, where that was not done yet. */
    static Path installed(Path root) throws Unavailable, IOException, InterruptedException {
        var folder = Files.createDirectories(root.resolve("target").resolve("lambda-emulator"));
        var tool = folder.resolve("aws-lambda-rie");
        if (Files.isExecutable(tool)) {
            return tool;
        }
        var log = folder.resolve("log").toFile();
        var installing = goInstall(folder, log);
        // A network that swallows everything must not hold up the rest.
        if (!installing.waitFor(INSTALL_SECONDS, TimeUnit.SECONDS)) {
            installing.destroyForcibly();
        }
        if (!Files.isExecutable(tool)) {
            throw new Unavailable("its Go module cannot be built here (target/lambda-emulator/log)");
        }
        return tool;
    }

    private static Process goInstall(Path folder, File log) throws Unavailable {
        var builder = new ProcessBuilder("go", "install", MODULE)
                .redirectErrorStream(true)
                .redirectOutput(log);
        builder.environment().put("GOBIN", folder.toAbsolutePath().toString());
        // What is here must do: a toolchain of Go's is no small download.
        builder.environment().put("GOTOOLCHAIN", "local");
        try {
            return builder.start();
        } catch (IOException none) {
            throw new Unavailable("no go here");
        }
    }

    static LambdaEmulator start(Path tool, FunctionLaunch launch, Map<String, String> settings) throws IOException {
        int port = OwnPort.find();
        var command = new ArrayList<>(List.of(
                tool.toAbsolutePath().toString(),
                "--runtime-interface-emulator-address",
                "127.0.0.1:" + port,
                "--runtime-api-address",
                "127.0.0.1:" + OwnPort.find()));
        command.addAll(launch.command());
        var log = Files.createTempFile(launch.task().getParent(), "emulator", ".log");
        var builder = new ProcessBuilder(command)
                .directory(launch.task().toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        var path = builder.environment().get("PATH");
        builder.environment().clear();
        builder.environment().putAll(FunctionProcess.ENVIRONMENT);
        builder.environment().put("PATH", path);
        builder.environment().putAll(settings);
        return new LambdaEmulator(builder.start(), port, log);
    }

    /** What the function answers to the event. */
    String invoke(String event) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(invocations)
                .timeout(PATIENCE)
                .POST(BodyPublishers.ofString(event))
                .build();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                var answer = http.send(request, BodyHandlers.ofString()).body();
                if (answer.isEmpty()) {
                    throw new IllegalStateException("the function does not answer: " + log());
                }
                return answer;
            } catch (ConnectException notYet) {
                if (!process.isAlive() || System.nanoTime() > end) {
                    throw new IllegalStateException("the emulator does not answer: " + log(), notYet);
                }
                Thread.sleep(100);
            }
        }
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
