// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.demo.theft;

import io.taskbound.cli.terminal.PrivateFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the thief has copied in the step, in one file. */
final class Loot {
    /** A JWT whose payload is a JSON object (RFC 7515 section 7.1): what thieves look for. */
    static final Pattern JWT = Pattern.compile("eyJ[\\w-]{8,2000}\\.eyJ[\\w-]{8,8000}\\.[\\w-]{16,2000}");

    private static final Pattern ADDRESS = Pattern.compile("TASKBOUND_URL=(http://127\\.0\\.0\\.1:[0-9]+/[\\w-]{43})");

    private final Path file;

    Loot(Path file) {
        this.file = file;
    }

    void add(byte[] what) throws IOException {
        try (var out = PrivateFile.append(file)) {
            out.write(what);
            out.write('\n');
        }
    }

    void add(String what) throws IOException {
        add(what.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** All of it, an octet a character. */
    String text() throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }

    /** The address at which {@code run} takes the command's requests; whatever the thief sees, this is in it. */
    Optional<String> address() throws IOException {
        return ADDRESS.matcher(text()).results().map(found -> found.group(1)).findFirst();
    }

    /** Each JWT in it, once. */
    List<String> jwts() throws IOException {
        return JWT.matcher(text())
                .results()
                .map(found -> found.group())
                .distinct()
                .toList();
    }
}
