// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;

/**
 * A jar's class path, without folders: the JVM makes no archive of classes where there is one, and DynamoDB Local's
 * manifest names the folder that it lies in.
 */
final class ArchivableClassPath {
    private ArchivableClassPath() {}

    /**
     * That jar and what its manifest names, as jars that name nothing; copies lie beside it where they had to be made.
     */
    static String of(Path jar) {
        try {
            var folder = Files.createDirectories(jar.resolveSibling("of-tests"));
            var jars = new ArrayList<String>();
            jars.add(copy(jar, folder).toString());
            for (var name : named(jar)) {
                var each = jar.resolveSibling(name);
                jars.add((named(each).isEmpty() ? each : copy(each, folder)).toString());
            }
            return String.join(File.pathSeparator, jars);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> named(Path path) throws IOException {
        try (var jar = new JarFile(path.toFile())) {
            var names = jar.getManifest() == null
                    ? null
                    : jar.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            return names == null ? List.of() : List.of(names.split(" "));
        }
    }

    private static Path copy(Path path, Path folder) throws IOException {
        var copy = folder.resolve(path.getFileName().toString());
        try (var jar = new JarFile(path.toFile())) {
            var manifest = new Manifest(jar.getManifest());
            manifest.getMainAttributes().remove(Attributes.Name.CLASS_PATH);
            try (var out = new JarOutputStream(Files.newOutputStream(copy), manifest)) {
                out.setLevel(Deflater.NO_COMPRESSION);
                for (var entry : jar.stream().toList()) {
                    if (!entry.getName().equals(JarFile.MANIFEST_NAME)) {
                        out.putNextEntry(new ZipEntry(entry.getName()));
                        jar.getInputStream(entry).transferTo(out);
                    }
                }
            }
        }
        return copy;
    }
}
