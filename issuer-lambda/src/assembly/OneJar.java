// SPDX-License-Identifier: Apache-2.0

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Writes the jars of a class path into one, without compression: a cold start reads some 2,000 classes, and would look for
 * each in jar after jar and inflate it. The zip around it compresses better so. Run by the build.
 *
 * <p>Licences and notices stay, in a folder for each jar; what names services is joined; Maven's own description of each jar
 * stays where scanners look for it. A file that two jars have otherwise fails the build, as it would hide one of them.
 */
final class OneJar {
    /** The first moment that a zip can name, so that the same jars always give the same bytes. */
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private final Map<String, byte[]> files = new TreeMap<>();

    /** CLASSPATH JAR */
    public static void main(String[] arguments) throws IOException {
        var one = new OneJar();
        for (var jar : arguments[0].split(File.pathSeparator)) {
            one.add(Path.of(jar));
        }
        one.write(Path.of(arguments[1]));
    }

    private void add(Path jar) throws IOException {
        try (var from = new ZipFile(jar.toFile())) {
            for (var entries = from.entries(); entries.hasMoreElements(); ) {
                var entry = entries.nextElement();
                if (!entry.isDirectory()) {
                    add(jar.getFileName().toString(), entry.getName(), from.getInputStream(entry).readAllBytes());
                }
            }
        }
    }

    private void add(String jar, String name, byte[] octets) {
        if (name.equals(JarFile.MANIFEST_NAME) || name.endsWith("module-info.class")) {
            return;
        }
        if (name.matches("META-INF/versions/.*|META-INF/[^/]*\\.(SF|RSA|DSA|EC)")) {
            throw new IllegalStateException(jar + " has " + name + ", which is not written for one jar of many");
        }
        if (name.matches("META-INF/[^/]*(LICENSE|NOTICE|DEPENDENCIES)[^/]*")) {
            put(name.replace("META-INF/", "META-INF/licenses/" + jar.replaceAll("\\.jar$", "") + "/"), octets);
        } else if (name.startsWith("META-INF/services/")) {
            files.merge(name, octets, OneJar::joined);
        } else {
            put(name, octets);
        }
    }

    private void put(String name, byte[] octets) {
        if (files.putIfAbsent(name, octets) != null) {
            throw new IllegalStateException("two jars have " + name);
        }
    }

    private static byte[] joined(byte[] lines, byte[] more) {
        var both = new ByteArrayOutputStream();
        both.writeBytes(lines);
        both.write('\n');
        both.writeBytes(more);
        return both.toByteArray();
    }

    private void write(Path jar) throws IOException {
        Files.createDirectories(jar.toAbsolutePath().getParent());
        try (var to = new ZipOutputStream(Files.newOutputStream(jar))) {
            to.setMethod(ZipOutputStream.STORED);
            write(to, JarFile.MANIFEST_NAME, "Manifest-Version: 1.0\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            for (var file : files.entrySet()) {
                write(to, file.getKey(), file.getValue());
            }
        }
    }

    private static void write(ZipOutputStream to, String name, byte[] octets) throws IOException {
        var checksum = new CRC32();
        checksum.update(octets);
        var entry = new ZipEntry(name);
        entry.setTimeLocal(TIME);
        entry.setSize(octets.length);
        entry.setCrc(checksum.getValue());
        to.putNextEntry(entry);
        to.write(octets);
        to.closeEntry();
    }
}
