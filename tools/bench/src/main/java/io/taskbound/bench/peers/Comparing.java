// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench.peers;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Measures candidates, one after the other, and compares them. */
final class Comparing {
    private final Results results;
    private final Options options;

    private Comparing(Options options) {
        this.options = options;
        this.results = new Results(options.quick() ? Plan.QUICK : Plan.FULL);
    }

    /** @return whether no bar was missed */
    static boolean all(Site site, Programs programs, Options options) throws IOException, InterruptedException {
        var comparing = new Comparing(options);
        for (var candidate : candidates(site, programs)) {
            if (options.measures(candidate.row())) {
                comparing.measure(candidate);
            }
        }
        return comparing.report();
    }

    private void measure(Candidate candidate) throws IOException, InterruptedException {
        var name = candidate.row().title();
        // It would take many minutes more, and is far from any bar.
        var plan = candidate.row() == Row.KEYCLOAK && !options.quick() ? Plan.SHORT : results.plan();
        Progress.say(name + ": starting");
        try (var server = candidate.start()) {
            results.add(candidate.row(), Measurement.of(server, plan, name));
        } catch (NotHere lack) {
            var why = Optional.ofNullable(lack.getMessage()).orElse("");
            Progress.say(name + ": NOT RUN, " + why);
            results.lacks(candidate.row(), why);
        }
    }

    private boolean report() {
        var plan = results.plan();
        System.out.printf(
                Locale.ROOT,
                "Milliseconds of processor a mint, of the server's process alone; hot is from %,d to %,d. The start, and"
                        + " after the plus sign the restore, are not part of them:%n%n",
                plan.hotFrom() + 1,
                plan.mints());
        System.out.println(results.table());
        System.out.println("\n| ratio | | bar | |\n|---|---|---|---|");
        boolean held = true;
        for (var ratio : Ratio.ALL) {
            System.out.println(ratio.line(results));
            held &= ratio.verdict(results) != Ratio.Verdict.MISS;
        }
        return held;
    }

    static List<Candidate> candidates(Site site, Programs programs) {
        return List.of(
                function(Row.ON_DEMAND, site, FunctionStart.ON_DEMAND, Signer.SEALED, List.of()),
                function(
                        Row.ON_DEMAND_C1,
                        site,
                        FunctionStart.ON_DEMAND,
                        Signer.SEALED,
                        List.of("-XX:TieredStopAtLevel=1")),
                function(Row.ON_DEMAND_KMS, site, FunctionStart.ON_DEMAND, Signer.KMS, List.of()),
                function(Row.SNAPSHOT, site, FunctionStart.SNAPSHOT, Signer.SEALED, List.of()),
                new ServeCandidate(site),
                new BaoCandidate(Row.BAO_RAFT, site, programs.bao()),
                new BaoCandidate(Row.BAO_MEMORY, site, programs.bao()),
                new KeycloakCandidate(site, programs.keycloak(), programs.java()));
    }

    private static Candidate function(Row row, Site site, FunctionStart kind, Signer signer, List<String> jvmOptions) {
        return new FunctionCandidate(row, site, kind, signer, jvmOptions);
    }
}
