// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.docs;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The terminals in which a page starts programs that go on, all in one folder; closing them ends all of these. */
final class Terminals implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 120;

    private final Path folder;
    private final List<Process> running = new ArrayList<>();

    Terminals(Path folder) {
        this.folder = folder;
    }

    /** Types the lines into a new one. Returns what is printed there, once the port is open and that has been said. */
    Path type(String lines, int port, String ready) throws Exception {
        var said = folder.resolve("said-" + running.size() + ".txt");
        var builder = new ProcessBuilder("sh", "-ec", lines)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        var process = builder.start();
        running.add(process);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (process.isAlive() && System.nanoTime() < end) {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                if (Files.readString(said).contains(ready)) {
                    return said;
                }
            } catch (IOException notYet) {
                // It is still starting.
            }
            Thread.sleep(100);
        }
        throw new AssertionError(lines + "\nsaid " + Files.readString(said));
    }

    @Override
    public void close() throws InterruptedException {
        Collections.reverse(running);
        for (var process : running) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
    }
}
