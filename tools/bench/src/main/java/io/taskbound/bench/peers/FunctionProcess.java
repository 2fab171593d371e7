// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench.peers;

import io.taskbound.bench.Scene;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A function of the deployed zip under AWS's runtime interface client, with Lambda's environment and nothing of this
 * process's.
 */
final class FunctionProcess implements AutoCloseable {
    private static final String CLIENT = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";
    private static final String LIBRARY =
            "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private final RuntimeApi lambda;
    private final OwnProcess process;

    private FunctionProcess(RuntimeApi lambda, OwnProcess process) {
        this.lambda = lambda;
        this.process = process;
    }

    /** @param settings what the function finds in its environment besides */
    static FunctionProcess start(
            Site site, String handler, FunctionStart kind, List<String> options, Map<String, String> settings)
            throws IOException {
        var lambda = new RuntimeApi();
        var builder = new ProcessBuilder(command(site, handler, options))
                .directory(site.unpacked().toFile());
        var environment = builder.environment();
        var path = environment.getOrDefault("PATH", "");
        environment.clear();
        environment.putAll(Map.of(
                "PATH", path,
                "AWS_LAMBDA_RUNTIME_API", lambda.address(),
                "AWS_LAMBDA_INITIALIZATION_TYPE", kind.word(),
                "AWS_LAMBDA_FUNCTION_NAME", "taskbound",
                "AWS_LAMBDA_FUNCTION_VERSION", "1",
                "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1024",
                "AWS_REGION", "eu-central-1"));
        environment.putAll(Map.of(
                "AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/taskbound",
                "AWS_LAMBDA_LOG_STREAM_NAME", "one",
                "AWS_ACCESS_KEY_ID", "local",
                "AWS_SECRET_ACCESS_KEY", "local",
                "AWS_EC2_METADATA_DISABLED", "true"));
        environment.putAll(settings);
        return new FunctionProcess(lambda, OwnProcess.start("the function", builder, site.folder()));
    }

    /** Of the issuer, and of the function that changes its keys. */
    static Map<String, String> settings(Site site, String dynamo, String table, Signer signer) {
        var settings = new HashMap<String, String>();
        settings.put("TASKBOUND_ISSUER_URL", Scene.ISSUER);
        settings.put("TASKBOUND_TABLE", table);
        settings.put("TASKBOUND_SIGNER", signer.word());
        settings.put("TASKBOUND_SIGNING_KEY", StandInKms.KEY);
        settings.put("TASKBOUND_POLICY_FILE", site.policy().toString());
        settings.put("TASKBOUND_METRICS", "taskbound");
        settings.put("TASKBOUND_ISSUER_ROLE", "arn:aws:iam::111122223333:role/issuer");
        settings.put("TASKBOUND_ROTATION_ROLE", "arn:aws:iam::111122223333:role/rotation");
        settings.put("AWS_ENDPOINT_URL_DYNAMODB", dynamo);
        settings.put("AWS_ENDPOINT_URL_KMS", site.kms().endpoint());
        return settings;
    }

    private static List<String> command(Site site, String handler, List<String> options) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "-XX:+UseSerialGC",
                "-Xmx700m",
                "-XX:+IgnoreUnrecognizedVMOptions",
                "--enable-native-access=ALL-UNNAMED",
                "--add-opens=java.base/java.io=ALL-UNNAMED",
                "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac",
                "-D" + LIBRARY + "=" + library(site.folder())));
        command.addAll(options);
        command.addAll(List.of("-cp", client(), CLIENT, handler));
        return command;
    }

    /** What the managed runtime has beside the function: nothing of ours. */
    private static String client() throws IOException {
        var lib =
                Path.of(System.getProperty("java.class.path")).toAbsolutePath().resolveSibling("lib");
        try (var files = Files.list(lib)) {
            var found = files.filter(
                            file -> file.getFileName()
                                    .toString()
                                    .matches(
                                            "(aws-lambda-java-(core|serialization|runtime-interface-client)|utils-lite)-[0-9.]+\\.jar"))
                    .map(Path::toString)
                    .collect(Collectors.joining(File.pathSeparator));
            if (!found.contains("runtime-interface-client")) {
                throw new IOException("AWS's runtime interface client is not in " + lib);
            }
            return found;
        }
    }

    /**
     * The client's native half, at a place of our own: left alone, it unpacks that to one place for all processes of
     * this machine.
     */
    private static Path library(Path folder) throws IOException {
        var file = folder.resolve("lambda-jni.so");
        if (Files.exists(file)) {
            return file;
        }
        var name = String.format(
                Locale.ROOT,
                "/jni/libaws-lambda-jni.linux-%s.so",
                System.getProperty("os.arch").equals("aarch64") ? "aarch_64" : "x86_64");
        try (var bytes = FunctionProcess.class.getResourceAsStream(name)) {
            if (bytes == null) {
                throw new IOException("AWS's runtime interface client has no " + name);
            }
            Files.copy(bytes, file);
        }
        return file;
    }

    /** Waits until it takes events. */
    Started ready(FunctionStart kind) throws IOException {
        if (kind == FunctionStart.ON_DEMAND) {
            process.await(PATIENCE, "asked for an event", lambda::isReady);
            return Started.once(process.effort());
        }
        process.await(PATIENCE, "said that a snapshot can be taken", lambda::isStorable);
        var start = process.effort();
        lambda.restore();
        process.await(PATIENCE, "asked for an event after its restore", lambda::isReady);
        var all = process.effort();
        var restore = new Started.Effort(
                all.time().minus(start.time()), all.processor().minus(start.processor()));
        return new Started(start, Optional.of(restore));
    }

    RuntimeApi lambda() {
        return lambda;
    }

    OwnProcess process() {
        return process;
    }

    @Override
    public void close() {
        process.close();
        lambda.close();
    }
}
