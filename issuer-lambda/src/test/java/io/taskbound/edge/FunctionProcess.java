// SPDX-License-Identifier: Apache-2.0
package io.taskbound.edge;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipFile;

/**
 * The zip that is deployed, unpacked, under AWS's own runtime interface client in a JVM of its own: with the class path
 * and the options of the managed runtime as far as they are known.
 */
final class FunctionProcess implements AutoCloseable {
    private static final String CLIENT = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";
    private final Process process;
    private final Path log;

    private FunctionProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static FunctionProcess start(Path unpacked, RuntimeApi api, Map<String, String> settings) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--add-opens=java.base/java.io=ALL-UNNAMED",
                "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac"));
        command.addAll(List.of("-cp", classPath(), CLIENT, "io.taskbound.edge.IssuerLambda"));
        var log = Files.createTempFile(unpacked.getParent(), "function", ".log");
        var builder = new ProcessBuilder(command)
                .directory(unpacked.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        var path = builder.environment().get("PATH");
        builder.environment().clear();
        builder.environment()
                .putAll(Map.of(
                        "PATH", path,
                        "AWS_LAMBDA_RUNTIME_API", api.address(),
                        "AWS_LAMBDA_FUNCTION_NAME", "taskbound",
                        "AWS_LAMBDA_FUNCTION_VERSION", "1",
                        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1024",
                        "AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/taskbound",
                        "AWS_LAMBDA_LOG_STREAM_NAME", "one",
                        "AWS_REGION", "eu-central-1"));
        builder.environment()
                .putAll(Map.of(
                        "AWS_ACCESS_KEY_ID",
                        "local",
                        "AWS_SECRET_ACCESS_KEY",
                        "local",
                        "AWS_EC2_METADATA_DISABLED",
                        "true"));
        builder.environment().putAll(settings);
        return new FunctionProcess(builder.start(), log);
    }

    /** What the managed runtime has in /var/runtime/lib, and nothing of ours. */
    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(each -> each.matches(
                        ".*(aws-lambda-java-(core|serialization|runtime-interface-client)|utils-lite)-[0-9.]+\\.jar"))
                .reduce((first, second) -> first + File.pathSeparator + second)
                .orElseThrow(() -> new AssertionError("the runtime interface client is not on the tests' class path"));
    }

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

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
