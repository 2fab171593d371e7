// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.mcp;

import io.taskbound.cli.mcp.map.MapFile;
import io.taskbound.cli.terminal.Complaint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the map that somebody named. */
final class MapFiles {
    private MapFiles() {}

    static MapFile read(Path file) throws Complaint {
        if (!Files.isRegularFile(file)) {
            throw Complaint.usage("There is no file " + file + ".", "Name the map of the gateway, a YAML file.");
        }
        try {
            return MapFile.read(file);
        } catch (IOException unreadable) {
            throw Complaint.usage(file + " cannot be read.", "Look at its permissions.");
        }
    }
}
