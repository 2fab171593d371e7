// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** How tests start {@code taskbound} in a JVM of its own: with the launcher's options. Arguments follow. */
public final class ChildJvm {
    private static final long PATIENCE_MINUTES = 5;
    private static final List<String> JAVA = List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC");
    private static final List<String> THIS_CLASS_PATH = List.of("-cp", System.getProperty("java.class.path"));

    private ChildJvm() {}

    /** For any command. */
    public static List<String> taskbound() {
        return main(THIS_CLASS_PATH);
    }

    /**
     * For {@code run}: as the launcher starts it, from the small jar that is made for it and an archive of its classes.
     * Where Maven has made no jar, from this JVM's class path.
     */
    public static List<String> forRun() {
        return main(SmallJar.START);
    }

    private static List<String> main(List<String> start) {
        return Stream.of(JAVA, start, List.of("io.taskbound.cli.Main"))
                .flatMap(List::stream)
                .toList();
    }

    /** Its archive is made for the first who asks. */
    private static final class SmallJar {
        static final List<String> START = Optional.ofNullable(System.getProperty("taskbound.target"))
                .map(target -> fromArchive(Path.of(target)))
                .orElse(THIS_CLASS_PATH);

        private static List<String> fromArchive(Path target) {
            var jar = target.resolve("taskbound-run.jar").toString();
            var archive = target.resolve("run-of-tests.jsa");
            try {
                Files.deleteIfExists(archive);
                rehearse(jar, archive);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted", stop);
            }
            return List.of("-Xlog:disable", "-XX:SharedArchiveFile=" + archive, "-cp", jar);
        }

        private static void rehearse(String jar, Path archive) throws IOException, InterruptedException {
            var log = Path.of(archive + ".log");
            var command = Stream.of(
                            JAVA,
                            List.of("-XX:ArchiveClassesAtExit=" + archive, "-cp", jar),
                            List.of("io.taskbound.cli.ClassListRun"))
                    .flatMap(List::stream)
                    .toList();
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            boolean ended = process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES);
            process.destroyForcibly();
            if (!ended || process.exitValue() != 0 || !Files.exists(archive)) {
                throw new AssertionError("no archive of the classes of `run` was made:\n" + Files.readString(log));
            }
        }
    }
}
