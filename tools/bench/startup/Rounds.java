// SPDX-License-Identifier: Apache-2.0
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Starts each candidate in turn, many times, and compares the medians. */
final class Rounds {
    private static final int WARM_UP = 3;
    private static final String RUN = "run, as launched";
    private static final String WITH_AWS = "run with AWS credentials";
    private static final double AWS_BAR = 1.2;
    private static final String LAUNCHER = "./taskbound run";
    private static final String UNPACKED = "bin/taskbound run of the archive";
    private static final double ARCHIVE_BAR = 1.1;
    private static final List<String> FLAGS =
            List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto");

    /** By the path that the archive knows it by. */
    private static final Path JAR = Path.of("cli/target/taskbound-run.jar").toAbsolutePath();

    private final String java;
    private final Path work;
    private final String issuer;
    private final List<String> unpacked;

    private Rounds(String java, Path work, String issuer, List<String> unpacked) {
        this.java = java;
        this.work = work;
        this.issuer = issuer;
        this.unpacked = unpacked;
    }

    /** JAVA WORK ROUNDS BAR [PROGRAM OF AN UNPACKED ARCHIVE] */
    public static void main(String[] args) throws Exception {
        var work = Path.of(args[1]);
        var rounds = new Rounds(args[0], work, Files.readString(work.resolve("url")).strip(),
                List.of(args).subList(4, args.length));
        var times = rounds.measure(Integer.parseInt(args[2]));
        System.exit(report(times, Double.parseDouble(args[3])) ? 0 : 1);
    }

    private Map<String, List<String>> candidates() throws IOException {
        var candidates = new LinkedHashMap<String, List<String>>();
        candidates.put("hello and two calls", command(List.of("-cp", work.toString(), "Floor", issuer)));
        candidates.put(RUN, run(archive(), "i:1"));
        candidates.put("run, without the archive", run(List.of(), "i:1"));
        candidates.put(WITH_AWS, run(archive(), "s3:bench/x/"));
        for (var program : unpacked) {
            candidates.put(LAUNCHER, typed("./taskbound", "i:1"));
            candidates.put(UNPACKED, typed(program, "i:1"));
        }
        return candidates;
    }

    private List<String> run(List<String> more, String identifier) {
        var rest = new ArrayList<>(more);
        rest.addAll(List.of("-jar", JAR.toString()));
        rest.addAll(line(identifier));
        return command(rest);
    }

    private List<String> typed(String program, String identifier) {
        var words = new ArrayList<>(List.of(program));
        words.addAll(line(identifier));
        return words;
    }

    private List<String> line(String identifier) {
        var rest = new ArrayList<>(List.of("run", "--quiet", "--issuer", issuer));
        rest.addAll(List.of("--id-token-audience", "bench"));
        rest.addAll(List.of("--task", "t", "--action", "a", "--identifier", identifier));
        rest.addAll(List.of("--id-token-file", work.resolve("id-token").toString(), "--", "true"));
        return rest;
    }

    private List<String> command(List<String> rest) {
        var command = new ArrayList<String>();
        command.add(java);
        command.addAll(FLAGS);
        command.addAll(rest);
        return command;
    }

    /** As the launcher names it for its Java, which is the one that runs this. */
    private static List<String> archive() throws IOException {
        var archive = Path.of(".taskbound", "run-" + System.getProperty("java.version") + ".jsa");
        if (!Files.exists(archive) || Files.size(archive) == 0) {
            throw new IOException("the launcher made no archive; see .taskbound/build.log");
        }
        return List.of("-Xlog:disable", "-XX:SharedArchiveFile=" + archive);
    }

    private Map<String, List<Double>> measure(int rounds) throws Exception {
        var times = new LinkedHashMap<String, List<Double>>();
        for (int round = -WARM_UP; round < rounds; round++) {
            for (var candidate : candidates().entrySet()) {
                double took = millis(candidate.getValue());
                if (round >= 0) {
                    times.computeIfAbsent(candidate.getKey(), any -> new ArrayList<>()).add(took);
                }
            }
        }
        return times;
    }

    private static double millis(List<String> command) throws Exception {
        long began = System.nanoTime();
        var process = new ProcessBuilder(command)
                .redirectOutput(Redirect.to(new File("/dev/null")))
                .redirectError(Redirect.INHERIT)
                .start();
        if (process.waitFor() != 0) {
            throw new IOException("ended with " + process.exitValue() + ": " + command);
        }
        return (System.nanoTime() - began) / 1e6;
    }

    private static boolean report(Map<String, List<Double>> times, double bar) {
        var medians = new LinkedHashMap<String, Double>();
        times.forEach((name, all) -> medians.put(name, median(all)));
        var floor = medians.values().iterator().next();
        medians.forEach((name, time) ->
                System.out.printf(Locale.ROOT, "%-32s %7.1f ms  %5.2f%n", name, time, time / floor));
        int rounds = times.values().iterator().next().size();
        boolean held = held("hello and two calls", medians.get(RUN) / floor, bar, rounds)
                & held("the step without credentials", medians.get(WITH_AWS) / medians.get(RUN), AWS_BAR, rounds);
        return medians.containsKey(UNPACKED)
                ? held("the launcher's run", medians.get(UNPACKED) / medians.get(LAUNCHER), ARCHIVE_BAR, rounds) & held
                : held;
    }

    private static boolean held(String of, double ratio, double bar, int rounds) {
        System.out.printf(
                Locale.ROOT,
                "%s  %.2f times %s, bar %.2f, median of %d, Java %s%n",
                ratio <= bar ? "PASS" : "MISS",
                ratio,
                of,
                bar,
                rounds,
                Runtime.version());
        return ratio <= bar;
    }

    private static double median(List<Double> values) {
        var sorted = values.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }
}
