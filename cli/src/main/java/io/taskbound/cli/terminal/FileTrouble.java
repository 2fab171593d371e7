// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.terminal;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;
import java.util.Optional;

/** Why a file cannot be used, in words; the Java exceptions say it by their names alone. */
public final class FileTrouble {
    private FileTrouble() {}

    /** Without a full stop, and without the file's name. */
    public static String words(IOException trouble) {
        if (trouble instanceof NoSuchFileException) {
            return "there is no such file or folder";
        }
        if (trouble instanceof AccessDeniedException) {
            return "you have no permission";
        }
        if (trouble instanceof FileAlreadyExistsException) {
            return "it is there already";
        }
        if (trouble instanceof NotDirectoryException) {
            return "it is no folder";
        }
        if (trouble instanceof FileSystemException named) {
            return Optional.ofNullable(named.getReason())
                    .map(reason -> reason.toLowerCase(Locale.ROOT))
                    .orElse("the file system refuses");
        }
        return Printable.of(String.valueOf(trouble.getMessage()).toLowerCase(Locale.ROOT));
    }
}
