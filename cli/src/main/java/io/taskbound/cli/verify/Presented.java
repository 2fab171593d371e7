// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.verify;

import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.FileTrouble;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** What {@code verify} is given: a token, or a receipt, which is JSON. */
final class Presented {
    private static final int KB = 1024;
    /** A receipt is longer than any token. */
    private static final int MAX_KB = 256;

    private Presented() {}

    /** @param source {@code -}, {@code @FILE}, {@code FILE} or the text itself */
    static String text(String source, CommandContext context) throws Complaint {
        if (source.equals("-")) {
            return stdin(context);
        }
        if (source.startsWith("@")) {
            return file(Path.of(source.substring(1)));
        }
        return isFile(source) ? file(Path.of(source)) : source.strip();
    }

    static boolean isReceipt(String text) {
        return text.startsWith("{");
    }

    private static boolean isFile(String source) {
        try {
            return Files.isRegularFile(Path.of(source));
        } catch (InvalidPathException aTokenMayBe) {
            return false;
        }
    }

    static String file(Path file) throws Complaint {
        try (var in = Files.newInputStream(file)) {
            return text(in, file.toString());
        } catch (IOException e) {
            throw Complaint.usage(file + " cannot be read: " + FileTrouble.words(e) + ".", "Name another file.");
        }
    }

    private static String stdin(CommandContext context) throws Complaint {
        try {
            return text(context.in(), "stdin");
        } catch (IOException unreadable) {
            throw Complaint.usage("stdin cannot be read.", "Pipe the text in, or name a file.");
        }
    }

    private static String text(InputStream in, String source) throws IOException, Complaint {
        var octets = in.readNBytes(MAX_KB * KB + 1);
        var text = new String(octets, StandardCharsets.UTF_8).strip();
        if (octets.length > MAX_KB * KB || text.isEmpty()) {
            throw Complaint.usage(
                    "What " + source + " holds is " + (text.isEmpty() ? "empty" : "longer than " + MAX_KB + " KB")
                            + ".",
                    "It should hold one token or one receipt and nothing else.");
        }
        return text;
    }
}
