// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How long the function takes from the start of its process to its first token, beside a handler that does nothing. All
 * candidates take turns, round by round, and medians are compared. Started by {@code tools/bench/coldstart/run}.
 */
final class ColdStartBench {
    private static final int WARM_UP = 1;

    private ColdStartBench() {}

    /** ZIP ROUNDS JDK... */
    public static void main(String[] arguments) throws Exception {
        var folder = Files.createTempDirectory("coldstart");
        boolean held;
        try (var stage = new ColdStartStage(folder, Path.of(arguments[0]))) {
            held = measure(
                    stage,
                    Integer.parseInt(arguments[1]),
                    jdks(List.of(arguments).subList(2, arguments.length)));
        } finally {
            delete(folder);
        }
        System.exit(held ? 0 : 1);
    }

    private static Map<String, Path> jdks(List<String> homes) throws IOException {
        var jdks = new LinkedHashMap<String, Path>();
        for (var home : homes) {
            var jdk = Path.of(home);
            jdks.put(version(jdk), jdk);
        }
        return jdks;
    }

    private static String version(Path jdk) throws IOException {
        var release = Files.readAllLines(jdk.resolve("release"));
        return release.stream()
                .filter(line -> line.startsWith("JAVA_VERSION="))
                .map(line -> line.replaceAll(".*=|\"", ""))
                .findFirst()
                .orElseThrow();
    }

    private static boolean measure(ColdStartStage stage, int rounds, Map<String, Path> jdks)
            throws IOException, InterruptedException {
        var candidates = new LinkedHashMap<String, List<ColdStartCandidate>>();
        for (var jdk : jdks.entrySet()) {
            candidates.put(jdk.getKey(), stage.candidates(jdk.getKey(), jdk.getValue()));
        }
        say("%d rounds, load before %.1f", rounds, load());
        var times = new LinkedHashMap<String, ColdStartTimes>();
        for (int round = -WARM_UP; round < rounds; round++) {
            for (var java : candidates.keySet()) {
                for (var candidate : candidates.get(java)) {
                    var start = ColdStart.of(candidate.launch(), stage.settings(), stage.mint());
                    if (round >= 0) {
                        times.computeIfAbsent(java, any -> new ColdStartTimes()).add(candidate.name(), start);
                    }
                }
            }
        }
        say("load after %.1f", load());
        var verdicts = new ArrayList<Boolean>();
        times.forEach((java, measured) -> {
            say("Java %s", java);
            verdicts.add(measured.report());
        });
        return !verdicts.contains(false);
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private static void say(String format, Object... arguments) {
        System.out.printf(Locale.ROOT, format + "%n", arguments);
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
