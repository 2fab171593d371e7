// SPDX-License-Identifier: Apache-2.0
package io.taskbound.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A class that takes any bytes and throws only for a finding, in the form that Jazzer calls, with its folder of the
 * corpus.
 *
 * @param name below {@code io.taskbound}: the name of the folder
 */
record Target(String name) {
    private static final Path TESTS = Path.of(
            Objects.requireNonNull(System.getProperty("taskbound.root"), "taskbound.root"),
            "issuer-lambda",
            "src",
            "test");
    private static final Path CORPUS = TESTS.resolve("fuzz");

    static List<Target> all() {
        return files(CORPUS).stream()
                .map(folder -> new Target(folder.getFileName().toString()))
                .toList();
    }

    /** The names of all targets that are written, whether or not they have a folder. */
    static Set<String> written() {
        try (var files = Files.walk(TESTS.resolve("java"))) {
            return files.filter(file -> file.toString().endsWith("Fuzz.java"))
                    .map(file -> file.getParent().getFileName() + "."
                            + file.getFileName().toString().replace(".java", ""))
                    .collect(Collectors.toSet());
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    List<byte[]> corpus() {
        return files(CORPUS.resolve(name)).stream().map(Target::octets).toList();
    }

    void take(byte[] input) {
        try {
            method().invokeExact(input);
        } catch (Throwable finding) {
            throw new AssertionError(name + " of " + HexFormat.of().formatHex(input), finding);
        }
    }

    private MethodHandle method() throws ReflectiveOperationException {
        return MethodHandles.publicLookup()
                .findStatic(
                        Class.forName("io.taskbound." + name),
                        "fuzzerTestOneInput",
                        MethodType.methodType(void.class, byte[].class));
    }

    private static List<Path> files(Path folder) {
        try (var files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    private static byte[] octets(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
