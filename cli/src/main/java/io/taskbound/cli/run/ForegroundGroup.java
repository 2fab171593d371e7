// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether a Ctrl-C at the terminal reaches us, and then the command as well, which is in the same process group: it
 * must not get that signal from us a second time, since many programs give up cleaning up at the second one.
 */
final class ForegroundGroup {
    private static final Path STAT = Path.of("/proc/self/stat");

    private ForegroundGroup() {}

    static boolean isOurs() {
        try {
            return Files.exists(STAT) ? isForeground(Files.readString(STAT, StandardCharsets.ISO_8859_1)) : askPs();
        } catch (IOException unknown) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Fields of proc(5), counted from behind the name, which may hold anything: 2 is the group, 4 the terminal, 5 its
     * group.
     */
    static boolean isForeground(String stat) {
        var fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
        return fields.length > 5 && !fields[4].equals("0") && fields[2].equals(fields[5]);
    }

    private static boolean askPs() throws IOException, InterruptedException {
        long self = ProcessHandle.current().pid();
        var process = new ProcessBuilder("ps", "-o", "stat=", "-p", Long.toString(self)).start();
        var state = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        return process.waitFor() == 0 && state.contains("+");
    }
}
