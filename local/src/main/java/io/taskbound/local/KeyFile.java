// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** Keeps a stand-in system's key, so that the ID tokens and key sets of one run still fit after a restart. */
final class KeyFile {
    private final Path path;

    KeyFile(Path path) {
        this.path = path;
    }

    Optional<SigningKey> load() {
        try {
            return Files.exists(path) ? Optional.of(SigningKey.parse(Files.readString(path))) : Optional.empty();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + path, unreadable);
        }
    }

    /** Written to another file and moved into place: a kill in between leaves the old key, never half a key. */
    void save(SigningKey key) {
        try {
            var folder = path.toAbsolutePath().getParent();
            Files.createDirectories(folder);
            var fresh = Files.createTempFile(folder, "key", ".new");
            if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
            }
            Files.writeString(fresh, key.privateJwk());
            Files.move(fresh, path, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException unwritable) {
            throw new UncheckedIOException("cannot write " + path, unwritable);
        }
    }
}
