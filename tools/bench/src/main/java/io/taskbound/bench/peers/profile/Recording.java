// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench.peers.profile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/**
 * A recording of JDK Flight Recorder in another JVM of this machine: of samples alone. From JDK 25 on they are taken by
 * processor time (JEP 509), also in native code; before, of threads that execute Java, by the clock.
 */
public final class Recording {
    private static final long PATIENCE_SECONDS = 60;
    private static final String BY_PROCESSOR_TIME = "jdk.CPUTimeSample";
    private static final String BY_CLOCK = "jdk.ExecutionSample";
    private static final int FIRST_WITH_PROCESSOR_TIME = 25;
    private final Path jcmd;
    private final long process;
    private final Path folder;
    private final String event;

    private Recording(Path jcmd, long process, Path folder, String event) {
        this.jcmd = jcmd;
        this.process = process;
        this.folder = folder;
        this.event = event;
    }

    /**
     * Begins.
     *
     * @param java the home of the JDK that the process runs on
     * @param folder takes its files
     */
    public static Recording start(Path java, long process, Path folder) throws IOException {
        var event = Runtime.version().feature() >= FIRST_WITH_PROCESSOR_TIME ? BY_PROCESSOR_TIME : BY_CLOCK;
        var recording = new Recording(java.resolve("bin").resolve("jcmd"), process, folder, event);
        var settings = Files.writeString(folder.resolve("samples.jfc"), settings(event));
        recording.tell("JFR.configure", "stackdepth=256");
        recording.tell("JFR.start", "name=peers", "settings=" + settings);
        return recording;
    }

    private static String settings(String event) {
        var often = event.equals(BY_PROCESSOR_TIME) ? "throttle\">5ms" : "period\">10 ms";
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<configuration version=\"2.0\"><event name=\"" + event
                + "\"><setting name=\"enabled\">true</setting><setting name=\"" + often
                + "</setting></event></configuration>\n";
    }

    /** Ends it. */
    public Shares stop() throws IOException {
        var file = folder.resolve("samples.jfr");
        tell("JFR.stop", "name=peers", "filename=" + file);
        var shares = new Shares();
        try (var recorded = new RecordingFile(file)) {
            while (recorded.hasMoreEvents()) {
                var sample = recorded.readEvent();
                if (sample.getEventType().getName().equals(event)) {
                    shares.add(classNames(sample));
                }
            }
        }
        if (shares.samples() == 0) {
            throw new IOException("the recording has no sample in it");
        }
        return shares;
    }

    private static List<String> classNames(RecordedEvent sample) {
        var stack = sample.getStackTrace();
        return stack == null
                ? List.of()
                : stack.getFrames().stream()
                        .filter(RecordedFrame::isJavaFrame)
                        .map(frame -> frame.getMethod().getType().getName())
                        .toList();
    }

    private void tell(String command, String... more) throws IOException {
        var words = new java.util.ArrayList<>(List.of(jcmd.toString(), Long.toString(process), command));
        words.addAll(List.of(more));
        var output = folder.resolve("jcmd.txt").toFile();
        var jcmd = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(output)
                .start();
        try {
            if (!jcmd.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || jcmd.exitValue() != 0) {
                jcmd.destroyForcibly();
                throw new IOException(command + " failed: " + Files.readString(output.toPath()));
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopped);
        }
    }
}
