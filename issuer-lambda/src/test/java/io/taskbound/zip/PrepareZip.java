// SPDX-License-Identifier: Apache-2.0
package io.taskbound.zip;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;

/**
 * Makes of our classes and of the jar of all libraries what a cold start loads quickest, without a change of what they
 * do: see {@link WithoutLambdas}, {@link WithoutOperations} and {@link WithoutVariables}.
 */
final class PrepareZip {
    /** Said in the jar itself, as the libraries' licence wants it. */
    private static final String NOTICE = "META-INF/licenses/CHANGES.txt";

    private static final String CHANGES = """
            The class files in this jar were changed when it was packed. Tables of local variables were left out.
            Lambda expressions and method references were replaced by the classes whose names have two dollar signs.
            Operations that nothing calls were left out of the clients of AWS services.
            """;

    private final ClassFiles files;
    private final WithoutOperations operations;

    private PrepareZip(Collection<byte[]> classes) {
        this.files = new ClassFiles(classes);
        this.operations = new WithoutOperations(classes);
    }

    /** CLASSES JAR OUT: a folder and a jar, prepared into OUT/classes and OUT/lib. */
    public static void main(String[] arguments) throws IOException {
        prepare(Path.of(arguments[0]), Path.of(arguments[1]), Path.of(arguments[2]));
    }

    private static void prepare(Path folder, Path jar, Path out) throws IOException {
        delete(out);
        var own = ofFolder(folder);
        var libraries = ofJar(jar);
        var preparing = new PrepareZip(Stream.concat(own.entrySet().stream(), libraries.entrySet().stream())
                .filter(file -> isClass(file.getKey()))
                .map(Map.Entry::getValue)
                .toList());
        write(preparing.prepared(own), out.resolve("classes"));
        var prepared = preparing.prepared(libraries);
        prepared.put(NOTICE, CHANGES.getBytes(StandardCharsets.UTF_8));
        writeJar(prepared, out.resolve("lib").resolve(jar.getFileName()));
    }

    private static boolean isClass(String file) {
        return file.endsWith(".class");
    }

    private Map<String, byte[]> prepared(Map<String, byte[]> from) {
        var to = new LinkedHashMap<String, byte[]>();
        from.forEach((file, octets) -> {
            if (isClass(file)) {
                WithoutLambdas.of(without(octets), files)
                        .forEach((name, prepared) -> to.put(name + ".class", prepared));
            } else {
                to.put(file, octets);
            }
        });
        return to;
    }

    private byte[] without(byte[] octets) {
        var reader = new ClassReader(octets);
        var writer = new ClassWriter(0);
        reader.accept(operations.of(reader.getClassName(), new WithoutVariables(writer)), 0);
        return writer.toByteArray();
    }

    private static Map<String, byte[]> ofFolder(Path folder) throws IOException {
        var found = new LinkedHashMap<String, byte[]>();
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                found.put(folder.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
            }
        }
        return found;
    }

    private static Map<String, byte[]> ofJar(Path jar) throws IOException {
        var found = new LinkedHashMap<String, byte[]>();
        try (var entries = new ZipFile(jar.toFile())) {
            for (var entry :
                    entries.stream().filter(each -> !each.isDirectory()).toList()) {
                try (InputStream octets = entries.getInputStream(entry)) {
                    found.put(entry.getName(), octets.readAllBytes());
                }
            }
        }
        return found;
    }

    private static void write(Map<String, byte[]> files, Path folder) throws IOException {
        for (var file : files.entrySet()) {
            var to = folder.resolve(file.getKey());
            Files.createDirectories(to.getParent());
            Files.write(to, file.getValue());
        }
    }

    /** What an earlier build has left there. */
    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (var files = Files.walk(folder)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    /** Without compression and the hour of its making: the same files make the same jar. */
    private static void writeJar(Map<String, byte[]> files, Path jar) throws IOException {
        Files.createDirectories(jar.getParent());
        try (OutputStream octets = Files.newOutputStream(jar);
                var entries = new ZipOutputStream(octets)) {
            entries.setMethod(ZipOutputStream.STORED);
            for (var file : files.entrySet()) {
                var entry = new ZipEntry(file.getKey());
                entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0));
                entry.setSize(file.getValue().length);
                var checksum = new CRC32();
                checksum.update(file.getValue());
                entry.setCrc(checksum.getValue());
                entries.putNextEntry(entry);
                entries.write(file.getValue());
            }
        }
    }
}
