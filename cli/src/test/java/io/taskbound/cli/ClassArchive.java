// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** An archive of classes (JEP 350), since tests start JVMs by the dozen and loading classes is most of a start. */
final class ClassArchive {
    private static final long PATIENCE_MINUTES = 5;

    private ClassArchive() {}

    /**
     * The options of a JVM with that class path and an archive of what this rehearsal, a main class and arguments,
     * loads.
     */
    static List<String> options(Path archive, String classPath, String... rehearsal) {
        try {
            Files.deleteIfExists(archive);
            rehearse(archive, classPath, List.of(rehearsal));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", stop);
        }
        return List.of("-Xlog:disable", "-XX:SharedArchiveFile=" + archive, "-cp", classPath);
    }

    private static void rehearse(Path archive, String classPath, List<String> rehearsal)
            throws IOException, InterruptedException {
        var log = Path.of(archive + ".log");
        var dump = List.of("-XX:ArchiveClassesAtExit=" + archive, "-cp", classPath);
        var command =
                Stream.of(ChildJvm.JAVA, dump, rehearsal).flatMap(List::stream).toList();
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean ended = process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES);
        process.destroyForcibly();
        if (!ended || process.exitValue() != 0 || !Files.exists(archive)) {
            throw new AssertionError("no archive of classes was made:\n" + Files.readString(log));
        }
    }
}
