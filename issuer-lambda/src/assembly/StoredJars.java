// SPDX-License-Identifier: Apache-2.0

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Writes jars anew without compression, entry by entry: the zip around them compresses better so, and a cold start reads
 * some 2,000 classes from them. Run by the build; names, order, times and contents stay.
 */
final class StoredJars {
    private StoredJars() {}

    /** CLASSPATH FOLDER: what was in the folder before goes. */
    public static void main(String[] arguments) throws IOException {
        var folder = Files.createDirectories(Path.of(arguments[1]));
        try (var earlier = Files.newDirectoryStream(folder)) {
            for (var jar : earlier) {
                Files.delete(jar);
            }
        }
        for (var jar : arguments[0].split(File.pathSeparator)) {
            var name = Path.of(jar).getFileName();
            store(Path.of(jar), folder.resolve(name));
        }
    }

    private static void store(Path jar, Path stored) throws IOException {
        try (var from = new ZipFile(jar.toFile());
                var to = new ZipOutputStream(Files.newOutputStream(stored))) {
            to.setMethod(ZipOutputStream.STORED);
            for (var entries = from.entries(); entries.hasMoreElements(); ) {
                var entry = entries.nextElement();
                to.putNextEntry(stored(entry));
                from.getInputStream(entry).transferTo(to);
                to.closeEntry();
            }
        }
    }

    private static ZipEntry stored(ZipEntry entry) {
        var stored = new ZipEntry(entry.getName());
        stored.setTimeLocal(entry.getTimeLocal());
        stored.setSize(entry.getSize());
        stored.setCrc(entry.getCrc());
        return stored;
    }
}
