// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.apps;

import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.FileTrouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** In the data folder of {@code serve}. */
final class FolderPlace implements KeyPlace {
    private final Path data;

    private FolderPlace(Path data) {
        this.data = data;
    }

    /** @throws Complaint if the folder is not there: before anybody makes a key that could be kept nowhere */
    static FolderPlace in(Path data) throws Complaint {
        if (!Files.isDirectory(data)) {
            throw noPlace(data, new NoSuchFileException(data.toString()));
        }
        return new FolderPlace(data);
    }

    private static Complaint noPlace(Path data, IOException why) {
        return Complaint.refused(
                "The key cannot be kept in " + data + ": " + FileTrouble.words(why) + ".",
                "Name the data folder of `taskbound serve` with --data. It makes the folder when it is started.");
    }

    @Override
    public String keep(String appId, AppKey key) throws Complaint {
        try {
            return "in " + new AppKeyFolder(data).write(appId, key) + ", for its owner only";
        } catch (IOException e) {
            throw noPlace(data, e);
        }
    }

    @Override
    public void close() {
        // nothing is held open
    }
}
