// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench.peers;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A process that this one has started, with its output in a file. */
final class OwnProcess implements AutoCloseable {
    private static final long END_SECONDS = 15;
    private static final int LAST_BYTES = 3_000;
    private static final Set<OwnProcess> RUNNING = ConcurrentHashMap.newKeySet();

    private final String name;
    private final Process process;
    private final Path log;
    private final long began = System.nanoTime();

    private OwnProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /** @param folder takes what it prints */
    static OwnProcess start(String name, ProcessBuilder builder, Path folder) throws IOException {
        var log = Files.createTempFile(folder, "output", ".log");
        var process = builder.redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(nothing()))
                .start();
        var own = new OwnProcess(name, process, log);
        RUNNING.add(own);
        return own;
    }

    private static File nothing() {
        return new File("/dev/null");
    }

    long id() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Since it was started. */
    Started.Effort effort() {
        return new Started.Effort(Duration.ofNanos(System.nanoTime() - began), processor());
    }

    /** What its threads have had of all processors so far, to a hundredth of a second. */
    Duration processor() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    String output() throws IOException {
        return Files.readString(log);
    }

    /** For a person who wonders why it does not do what it should. */
    IOException broken(String what) throws IOException {
        var output = output();
        return new IOException(name + " " + what + "; the end of its output:\n"
                + output.substring(Math.max(0, output.length() - LAST_BYTES)));
    }

    /** Waits until it has done something. */
    void await(Duration patience, String what, Condition done) throws IOException {
        long end = System.nanoTime() + patience.toNanos();
        while (!done.isMet()) {
            if (!process.isAlive()) {
                throw broken("ended with " + process.exitValue() + " before it " + what);
            }
            if (System.nanoTime() > end) {
                throw broken("has not " + what + " within " + patience.toSeconds() + " s");
            }
            pause();
        }
    }

    /** Something that is waited for. */
    @FunctionalInterface
    interface Condition {
        boolean isMet() throws IOException;
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(2);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopped);
        }
    }

    /** All of them, when this process has to end. */
    static void closeAll() {
        RUNNING.forEach(OwnProcess::kill);
        RUNNING.forEach(OwnProcess::close);
    }

    private void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    @Override
    public void close() {
        kill();
        try {
            process.waitFor(END_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        RUNNING.remove(this);
    }
}
