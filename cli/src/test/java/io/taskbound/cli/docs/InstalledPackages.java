// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The examples beside the packages that they import, where their users' tools put them. */
final class InstalledPackages {
    private static final Path ROOT =
            Path.of(Objects.requireNonNull(System.getProperty("taskbound.root"), "taskbound.root"));

    private final Path folder;

    private InstalledPackages(Path folder) {
        this.folder = folder;
    }

    static InstalledPackages in(Path folder) throws IOException {
        copy(ROOT.resolve("docs/examples/resource-servers"), folder);
        var packed = folder.resolve("node_modules/@taskbound/resource-server");
        copy(ROOT.resolve("packages/node/src"), packed.resolve("src"));
        Files.copy(ROOT.resolve("packages/node/package.json"), packed.resolve("package.json"));
        copy(
                ROOT.resolve("packages/python/src/taskbound_resource_server"),
                folder.resolve("taskbound_resource_server"));
        return new InstalledPackages(folder);
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (var files = Files.list(from)) {
            files.filter(Files::isRegularFile).forEach(file -> copyFile(file, to.resolve(file.getFileName())));
        }
    }

    private static void copyFile(Path from, Path to) {
        try {
            Files.copy(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> node(String example) {
        return List.of("node", folder.resolve(example).toString());
    }

    List<String> python(String example) {
        return List.of("python3", folder.resolve(example).toString());
    }

    /** What an example finds its package by, and leaves no compiled files behind. */
    Map<String, String> environment() {
        return Map.of("PYTHONPATH", folder.toString(), "PYTHONDONTWRITEBYTECODE", "1");
    }
}
