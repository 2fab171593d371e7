// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.apps;

import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.FileTrouble;
import java.io.IOException;
import java.nio.file.Path;

/** In the data folder of {@code serve}. */
final class FolderPlace implements KeyPlace {
    private final Path data;

    FolderPlace(Path data) {
        this.data = data;
    }

    @Override
    public String keep(String appId, AppKey key) throws Complaint {
        try {
            return "in " + new AppKeyFolder(data).write(appId, key) + ", for its owner only";
        } catch (IOException e) {
            throw Complaint.refused(
                    "The key cannot be kept in " + data + ": " + FileTrouble.words(e) + ".",
                    "Name the data folder of `taskbound serve` with --data.");
        }
    }

    @Override
    public void close() {
        // nothing is held open
    }
}
