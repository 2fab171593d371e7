// SPDX-License-Identifier: Apache-2.0
package io.taskbound.controls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The sources of the tests of all modules. */
final class TestSources {
    private static final Pattern SUPER = Pattern.compile("\\bclass \\w+(?:<[^>]*>)? extends (\\w+)");

    private static final Pattern ANNOTATION = Pattern.compile("^\\s*@(Test|ParameterizedTest|RepeatedTest)\\b");
    private static final Pattern END_OF_ANOTHER = Pattern.compile("\\s*}?\\s*|.*;|.*\\{}|.*\\bclass .*");

    private static final String VECTORS = "contract/";
    private static final List<String> READERS = List.of(
            "client/src/test",
            "issuer-lambda/src/test",
            "cli/src/test",
            "github-action/tests",
            "packages/node/tests",
            "packages/python/tests");

    private static final Pattern SOURCE = Pattern.compile(".*\\.(?:java|ts|mjs|py)");

    private final Path root;
    private final List<Path> folders;

    /** @param root of the whole source tree */
    TestSources(Path root) {
        this.root = root;
        this.folders = Stream.of("client", "issuer-lambda", "cli")
                .map(module -> root.resolve(module).resolve("src/test/java/io/taskbound"))
                .toList();
    }

    /**
     * What is wrong with the name of a test: nothing if it exists and runs in each build.
     *
     * @param name such as {@code cli.run.RunIT#theTokenIsDead}; a class alone stands for all of its tests
     */
    Optional<String> fault(String name) {
        var parts = name.split("#", 2);
        var source = source(parts[0]);
        if (source.isEmpty()) {
            return Optional.of(name + ": there is no such test class");
        }
        if (Pattern.compile("@Tag\\(\"long\"\\)\\s+(?:public )?(?:final )?class")
                .matcher(source.get())
                .find()) {
            return Optional.of(name + " has the tag long, and does not run in each build");
        }
        return parts.length == 1 || hasTest(source.get(), parts[1])
                ? Optional.empty()
                : Optional.of(name + ": the class has no such test");
    }

    /** What is wrong with a file of vectors: nothing if it exists, and a test reads it. */
    Optional<String> vectorsFault(String file) {
        if (!file.startsWith(VECTORS) || !Files.isRegularFile(root.resolve(file))) {
            return Optional.of(file + ": there is no such file of vectors");
        }
        var name = file.substring(VECTORS.length());
        return READERS.stream()
                        .map(root::resolve)
                        .filter(Files::isDirectory)
                        .anyMatch(folder -> files(
                                        folder, any -> SOURCE.matcher(any).matches())
                                .anyMatch(text -> text.contains(name)))
                ? Optional.empty()
                : Optional.of(file + ": no test reads it");
    }

    private Optional<String> source(String type) {
        return folders.stream()
                .map(folder -> folder.resolve(type.replace('.', '/') + ".java"))
                .filter(Files::isRegularFile)
                .map(TestSources::read)
                .findFirst();
    }

    /** Also one that it inherits from a contract which several classes keep. */
    private boolean hasTest(String source, String method) {
        if (isTest(source, method)) {
            return true;
        }
        var parent = SUPER.matcher(source);
        return parent.find() && anywhere(parent.group(1)).anyMatch(text -> hasTest(text, method));
    }

    /** Reads upwards from the declaration, as far as what stands before it belongs to it. */
    private static boolean isTest(String source, String method) {
        var lines = source.lines().toList();
        for (int at = 0; at < lines.size(); at++) {
            if (lines.get(at).contains("void " + method + "(")) {
                int above = at - 1;
                while (above >= 0 && !END_OF_ANOTHER.matcher(lines.get(above)).matches()) {
                    if (ANNOTATION.matcher(lines.get(above)).find()) {
                        return true;
                    }
                    above--;
                }
            }
        }
        return false;
    }

    private Stream<String> anywhere(String simpleName) {
        return folders.stream()
                .filter(Files::isDirectory)
                .flatMap(folder -> files(folder, (simpleName + ".java")::equals));
    }

    private static Stream<String> files(Path folder, Predicate<String> name) {
        try (var files = Files.walk(folder)) {
            return files
                    .filter(Files::isRegularFile)
                    .filter(file -> name.test(file.getFileName().toString()))
                    .map(TestSources::read)
                    .toList()
                    .stream();
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }
}
