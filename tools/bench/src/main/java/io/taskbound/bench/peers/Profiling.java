// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench.peers;

import io.taskbound.bench.peers.profile.Part;
import io.taskbound.bench.peers.profile.Recording;
import io.taskbound.bench.peers.profile.Shares;
import io.taskbound.bench.peers.profile.ThreadTimes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Where the processor time of a mint goes once it is compiled: samples of the server's process, by part. */
final class Profiling {
    private static final int WARM_UP = 30_000;
    private static final int WINDOW = 10_000;
    private static final int WARM_UP_QUICK = 6_000;
    private static final int WINDOW_QUICK = 4_000;
    private static final int REST = 8;

    private Profiling() {}

    /** Measures the candidates that were asked for, else the function, and prints a table of each. */
    static void report(Site site, Programs programs, Options options)
            throws IOException, InterruptedException, NotHere {
        for (var candidate : Comparing.candidates(site, programs)) {
            var row = candidate.row();
            if (options.rows().isEmpty() ? row == Row.ON_DEMAND : options.measures(row)) {
                report(candidate, site, options.quick());
            }
        }
    }

    private static void report(Candidate candidate, Site site, boolean quick)
            throws IOException, InterruptedException, NotHere {
        var name = candidate.row().title();
        Progress.say(name + ": starting");
        try (var server = candidate.start()) {
            Measurement.of(
                    server, new Plan(quick ? List.of(1, WARM_UP_QUICK) : List.of(10_000, 20_000, WARM_UP)), name);
            var requests = server.requests(quick ? WINDOW_QUICK : WINDOW);
            long id = server.process().id();
            Progress.say(name + ": recording");
            var folder = site.newFolder();
            var before = ThreadTimes.of(id);
            var recording = Recording.start(Path.of(System.getProperty("java.home")), id, folder);
            try (var load = new Load(server)) {
                var stretch = load.run(requests);
                var machine = ThreadTimes.of(id).minus(before);
                print(name, stretch, machine, recording.stop());
            }
        }
    }

    private static void print(String name, Stretch stretch, ThreadTimes machine, Shares shares) {
        double compiler = each(machine.compiler(), stretch);
        double others = each(machine.machine(), stretch);
        double java = stretch.processorMillis() - compiler - others;
        System.out.printf(
                Locale.ROOT,
                "%s: %.2f ms of processor a mint over %,d mints, of it %.2f by the JIT compiler and %.2f by the garbage"
                        + " collector and other threads of the JVM; the rest by part, in %,d samples:%n%n",
                name,
                stretch.processorMillis(),
                stretch.mints(),
                compiler,
                others,
                shares.samples());
        System.out.println("| part | share | ms a mint |\n|---|---|---|");
        for (var part : Part.values()) {
            double share = shares.share(part);
            if (share > 0) {
                System.out.printf(Locale.ROOT, "| %s | %.1f %% | %.3f |%n", part.title(), share * 100, share * java);
            }
        }
        System.out.println("\nAt the leaf of the rest: " + String.join(", ", shares.mostOfTheRest(REST)));
    }

    private static double each(Duration all, Stretch stretch) {
        return all.toNanos() / 1e6 / stretch.mints();
    }
}
