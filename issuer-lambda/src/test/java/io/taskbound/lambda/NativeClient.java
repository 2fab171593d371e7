// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The native half of AWS's runtime interface client. Left alone the client unpacks it to one fixed place in /tmp, over
 * what is there: two functions that start at the same moment then load half a library, and one of them dies without a
 * word.
 */
final class NativeClient {
    private static final String PROPERTY =
            "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";
    private static final Optional<Path> LIBRARY = unpacked();

    private NativeClient() {}

    /** The JVM's option that names a library of this process's own; empty where the client brings none. */
    static Optional<String> option() {
        return LIBRARY.map(library -> "-D" + PROPERTY + "=" + library);
    }

    private static Optional<Path> unpacked() {
        try (var octets = AWSLambda.class.getResourceAsStream("/jni/libaws-lambda-jni." + platform() + ".so")) {
            if (octets == null) {
                return Optional.empty();
            }
            var library = Files.createTempFile("taskbound-lambda-jni", ".so");
            library.toFile().deleteOnExit();
            Files.write(library, octets.readAllBytes());
            return Optional.of(library);
        } catch (IOException diskFull) {
            throw new UncheckedIOException(diskFull);
        }
    }

    private static String platform() {
        var system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        var processor = System.getProperty("os.arch").equals("aarch64") ? "aarch_64" : "x86_64";
        return system + (isMusl() ? "_musl-" : "-") + processor;
    }

    private static boolean isMusl() {
        return Stream.of("x86_64", "aarch64")
                .anyMatch(processor -> Files.exists(Path.of("/lib/ld-musl-" + processor + ".so.1")));
    }
}
