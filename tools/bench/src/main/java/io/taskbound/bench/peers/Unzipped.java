// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipFile;

/** What was in a zip file, in a folder. */
final class Unzipped {
    private Unzipped() {}

    /** @return the folder, in full */
    static Path into(Path folder, Path zip) throws IOException {
        var root = folder.toAbsolutePath().normalize();
        try (var entries = new ZipFile(zip.toFile())) {
            for (var entry :
                    entries.stream().filter(each -> !each.isDirectory()).toList()) {
                var file = root.resolve(entry.getName()).normalize();
                if (!file.startsWith(root)) {
                    throw new IOException("an entry outside the folder: " + entry.getName());
                }
                Files.createDirectories(file.getParent());
                try (var bytes = entries.getInputStream(entry)) {
                    Files.copy(bytes, file);
                }
            }
        }
        return root;
    }
}
