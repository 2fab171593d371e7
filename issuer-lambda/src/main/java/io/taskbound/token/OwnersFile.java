// SPDX-License-Identifier: Apache-2.0
package io.taskbound.token;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.function.Supplier;

/** A file with a key that its owner alone may read. */
final class OwnersFile {
    private OwnersFile() {}

    /** What the file holds; made with this text when there is none. */
    static String readOrCreate(Path file, Supplier<String> text) throws IOException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            create(file, text.get());
        }
        return Files.readString(file);
    }

    /** Whole or not at all: a crash in the middle must not leave half a key that every later start trips over. */
    private static void create(Path file, String text) throws IOException {
        var folder = Optional.ofNullable(file.toAbsolutePath().getParent())
                .orElseThrow(() -> new IOException(file + " is not a file in a folder"));
        var draft = Files.createTempFile(folder, "key", ".new", ownerOnly(folder));
        try {
            Files.write(draft, text.getBytes(StandardCharsets.UTF_8));
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException anotherProcessWasFirst) {
            Files.delete(draft);
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path folder) {
        var posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
