// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipFile;

/** A function in a JVM of its own, with the environment of Lambda and nothing else of this process's. */
final class FunctionProcess implements AutoCloseable {
    private static final long END_SECONDS = 30;
    private final Process process;
    private final Path log;

    private FunctionProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** The zip that is deployed, unpacked, as the managed runtime starts it. */
    static FunctionProcess start(Path unpacked, RuntimeApi api, Map<String, String> settings) throws IOException {
        return start(FunctionLaunch.managed(unpacked), api, settings);
    }

    static FunctionProcess start(FunctionLaunch launch, RuntimeApi api, Map<String, String> settings)
            throws IOException {
        var log = Files.createTempFile(launch.task().getParent(), "function", ".log");
        var builder = new ProcessBuilder(launch.command())
                .directory(launch.task().toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        var path = builder.environment().get("PATH");
        builder.environment().clear();
        builder.environment().putAll(ENVIRONMENT);
        builder.environment().putAll(Map.of("PATH", path, "AWS_LAMBDA_RUNTIME_API", api.address()));
        builder.environment().putAll(settings);
        return new FunctionProcess(builder.start(), log);
    }

    static final Map<String, String> ENVIRONMENT = Map.of(
            "AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand",
            "AWS_LAMBDA_FUNCTION_NAME", "taskbound",
            "AWS_LAMBDA_FUNCTION_VERSION", "1",
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1024",
            "AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/taskbound",
            "AWS_LAMBDA_LOG_STREAM_NAME", "one",
            "AWS_REGION", "eu-central-1",
            "AWS_ACCESS_KEY_ID", "local",
            "AWS_SECRET_ACCESS_KEY", "local",
            "AWS_EC2_METADATA_DISABLED", "true");

    static Path unpack(Path zip, Path folder) throws IOException {
        try (var entries = new ZipFile(zip.toFile())) {
            for (var entry :
                    entries.stream().filter(each -> !each.isDirectory()).toList()) {
                var file = folder.resolve(entry.getName());
                Files.createDirectories(file.getParent());
                Files.copy(entries.getInputStream(entry), file);
            }
        }
        return folder;
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    long pid() {
        return process.pid();
    }

    /** What its threads have had of all processors so far. */
    Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /**
     * Ends it as a person would, so that it does what a JVM does at its end, such as writing its archive of classes.
     */
    void end() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the function does not end");
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(END_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
