// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A handler under one JDK, with an archive of its classes or without. */
record ColdStartCandidate(String name, FunctionLaunch launch) {
    private static final int TRAINING = 30;
    private static final List<String> OPTIONS =
            List.of("-Xmx700m", "-XX:+IgnoreUnrecognizedVMOptions", "--enable-native-access=ALL-UNNAMED");

    /**
     * As the managed runtime starts it, which finds the classes in a folder.
     *
     * @param task what was unpacked
     */
    static ColdStartCandidate plain(String name, Path jdk, Class<?> handler, Path task) {
        return new ColdStartCandidate(name, new FunctionLaunch(jdk, OPTIONS, List.of(), handler.getName(), task));
    }

    /**
     * As a container image can start it that chooses its own command: classes of a folder cannot be archived, so all
     * are in jars. The archive is made here, of a function that has answered some requests.
     *
     * @param jars our classes first
     * @param archive to be made
     */
    static ColdStartCandidate archived(
            String name, Path jdk, Class<?> handler, List<Path> jars, Path archive, FunctionScene scene)
            throws IOException, InterruptedException {
        var nowhere = Files.createDirectories(archive.resolveSibling("nowhere"));
        var making =
                new FunctionLaunch(jdk, with("-XX:ArchiveClassesAtExit=" + archive), jars, handler.getName(), nowhere);
        try (var api = new RuntimeApi();
                var function = FunctionProcess.start(making, api, scene.settings)) {
            for (int i = 0; i < TRAINING; i++) {
                api.invoke(scene.mint());
            }
            function.end();
            if (!Files.exists(archive)) {
                throw new IOException("no archive was made: " + function.log());
            }
        }
        // Without it, the JVM would run on without an archive that does not fit, and flatter nobody.
        var using = List.of("-XX:SharedArchiveFile=" + archive, "-Xshare:on");
        return new ColdStartCandidate(
                name, new FunctionLaunch(jdk, with(using.toArray(String[]::new)), jars, handler.getName(), nowhere));
    }

    private static List<String> with(String... more) {
        return Stream.concat(OPTIONS.stream(), Stream.of(more)).toList();
    }
}
