// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench.peers;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** {@code tools/bench/peers}. */
public final class Main {
    private static final int USAGE = 2;

    private Main() {}

    /** @param arguments the options, after the checkout that this was built from */
    public static void main(String[] arguments) throws InterruptedException {
        // Else the JDK's server waits 40 ms before each answer on a kept connection.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        var given = List.of(arguments);
        try {
            var options = Options.read(given.subList(1, given.size()), Path.of(given.get(0)));
            if (options.help()) {
                System.out.print(Help.TEXT);
                return;
            }
            System.exit(run(options) ? 0 : 1);
        } catch (IllegalArgumentException wrong) {
            System.err.println("peers: " + wrong.getMessage() + "; --help says what there is");
            System.exit(USAGE);
        } catch (IOException | NotHere failed) {
            System.err.println("peers: " + failed.getMessage());
            System.exit(1);
        }
    }

    private static boolean run(Options options) throws IOException, InterruptedException, NotHere {
        Progress.say("Java " + Runtime.version() + ", " + Runtime.getRuntime().availableProcessors()
                + " processors; what is measured: " + options.product());
        var results = new Results(options.quick() ? Plan.QUICK : Plan.FULL);
        try (var site = new Site(new Product(options.product()), Clock.systemUTC())) {
            for (var candidate : candidates(site)) {
                if (options.rows().contains(candidate.row())) {
                    measure(candidate, results);
                }
            }
        }
        System.out.println(results.table());
        return true;
    }

    private static void measure(Candidate candidate, Results results) throws IOException, InterruptedException {
        var name = candidate.row().title();
        Progress.say(name + ": starting");
        try (var server = candidate.start()) {
            results.add(candidate.row(), Measurement.of(server, results.plan(), name));
        } catch (NotHere lack) {
            Progress.say(name + ": NOT RUN, " + lack.getMessage());
            results.lacks(
                    candidate.row(), Optional.ofNullable(lack.getMessage()).orElse(""));
        }
    }

    private static List<Candidate> candidates(Site site) {
        return List.of(
                function(Row.ON_DEMAND, site, FunctionStart.ON_DEMAND, Signer.SEALED),
                new FunctionCandidate(
                        Row.ON_DEMAND_C1,
                        site,
                        FunctionStart.ON_DEMAND,
                        Signer.SEALED,
                        List.of("-XX:TieredStopAtLevel=1")),
                function(Row.ON_DEMAND_KMS, site, FunctionStart.ON_DEMAND, Signer.KMS),
                function(Row.SNAPSHOT, site, FunctionStart.SNAPSHOT, Signer.SEALED),
                new ServeCandidate(site));
    }

    private static Candidate function(Row row, Site site, FunctionStart kind, Signer signer) {
        return new FunctionCandidate(row, site, kind, signer, List.of());
    }
}
