// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.terminal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads one secret text, a token or a resource server's secret, from a file or stdin: never more than 64 KB. */
public final class SecretInput {
    private static final int MAX_BYTES = 64 * 1024;

    private SecretInput() {}

    /** The file's text without the blanks around it, so that a final line feed does no harm. */
    public static String file(Path file) throws Complaint {
        try (var in = Files.newInputStream(file)) {
            return text(in, file.toString());
        } catch (IOException e) {
            throw Complaint.usage(file + " cannot be read: " + FileTrouble.words(e) + ".", "Name another file.");
        }
    }

    /** The same from stdin. */
    public static String stdin(CommandContext context) throws Complaint {
        try {
            return text(context.in(), "stdin");
        } catch (IOException unreadable) {
            throw Complaint.usage("stdin cannot be read.", "Pipe the text in, or name a file.");
        }
    }

    private static String text(InputStream in, String source) throws IOException, Complaint {
        var octets = in.readNBytes(MAX_BYTES + 1);
        var text = new String(octets, StandardCharsets.UTF_8).strip();
        if (octets.length > MAX_BYTES || text.isEmpty()) {
            throw Complaint.usage(
                    "What " + source + " holds is " + (text.isEmpty() ? "empty" : "longer than 64 KB") + ".",
                    "It should hold one token or secret and nothing else.");
        }
        return text;
    }
}
