// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a function is started under AWS's runtime interface client.
 *
 * @param java the home of the JDK
 * @param options of the JVM, beside those of the managed runtime
 * @param classes what is on the class path beside the client
 * @param handler the class that Lambda is told of
 * @param task the working directory: the client's own class loader finds classes in it, and jars in its {@code lib/}
 */
record FunctionLaunch(Path java, List<String> options, List<Path> classes, String handler, Path task) {
    private static final String CLIENT = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";

    FunctionLaunch {
        options = List.copyOf(options);
        classes = List.copyOf(classes);
    }

    /** As the managed runtime starts what was unpacked, as far as that is known: with the JDK that runs this. */
    static FunctionLaunch managed(Path unpacked) {
        return new FunctionLaunch(
                Path.of(System.getProperty("java.home")),
                NativeClient.option().stream().toList(),
                List.of(),
                IssuerLambda.class.getName(),
                unpacked);
    }

    /** The same with another function of the zip. */
    FunctionLaunch of(Class<?> function) {
        return new FunctionLaunch(java, options, classes, function.getName(), task);
    }

    /** The same with more options of the JVM. */
    FunctionLaunch with(String... more) {
        return new FunctionLaunch(
                java, Stream.concat(options.stream(), Stream.of(more)).toList(), classes, handler, task);
    }

    /** The same for a snapshot, for which the managed runtime has both compilers; its rehearsal is this long. */
    static FunctionLaunch forSnapshot(Path unpacked, int seconds) {
        return managed(unpacked).with("-XX:TieredStopAtLevel=4", "-Dtaskbound.rehearsal.seconds=" + seconds);
    }

    List<String> command() {
        var command = new ArrayList<String>();
        command.add(java.resolve("bin").resolve("java").toString());
        command.addAll(List.of(
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--add-opens=java.base/java.io=ALL-UNNAMED",
                "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac"));
        command.addAll(options);
        command.addAll(List.of("-cp", classPath(), CLIENT, handler));
        return command;
    }

    private String classPath() {
        return Stream.concat(client(), classes.stream().map(Path::toString))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** What the managed runtime has in /var/runtime/lib, and nothing of ours. */
    private static Stream<String> client() {
        var found = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(each -> each.matches(
                        ".*(aws-lambda-java-(core|serialization|runtime-interface-client)|utils-lite)-[0-9.]+\\.jar"))
                .toList();
        if (found.isEmpty()) {
            throw new AssertionError("the runtime interface client is not on the tests' class path");
        }
        return found.stream();
    }
}
