// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * How tests start {@code taskbound} in a JVM of its own: with the launcher's options. Arguments follow. Where Maven has
 * made the jars, from these and an archive of their classes, made for the first who asks; else from this JVM's class
 * path.
 */
public final class ChildJvm {
    /** With the launcher's options. */
    static final List<String> JAVA = List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC");

    private ChildJvm() {}

    /** For any command. */
    public static List<String> taskbound() {
        return main(Whole.START);
    }

    /** For {@code run}: as the launcher starts it, from the small jar that is made for it. */
    public static List<String> forRun() {
        return main(Small.START);
    }

    private static List<String> main(List<String> start) {
        return Stream.of(JAVA, start, List.of("io.taskbound.cli.Main"))
                .flatMap(List::stream)
                .toList();
    }

    private static List<String> fromTarget(Function<Path, List<String>> start) {
        return Optional.ofNullable(System.getProperty("taskbound.target"))
                .map(Path::of)
                .map(start)
                .orElse(List.of("-cp", System.getProperty("java.class.path")));
    }

    private static final class Whole {
        static final List<String> START = fromTarget(target -> ClassArchive.options(
                target.resolve("taskbound-of-tests.jsa"),
                ArchivableClassPath.of(target.resolve("taskbound.jar")),
                "io.taskbound.cli.Main",
                "demo",
                "--http"));
    }

    private static final class Small {
        static final List<String> START = fromTarget(target -> ClassArchive.options(
                target.resolve("run-of-tests.jsa"),
                target.resolve("taskbound-run.jar").toString(),
                "io.taskbound.cli.ClassListRun"));
    }
}
