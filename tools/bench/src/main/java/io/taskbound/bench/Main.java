// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.openjdk.jmh.runner.RunnerException;

/** Measures, prints each ratio beside its bar, and exits with 1 when one misses it. */
final class Main {
    private static final int ONE_FETCH = 1;

    private Main() {}

    public static void main(String[] arguments) throws Exception {
        var given = new ArrayList<>(List.of(arguments));
        boolean quick = given.remove("--quick");
        if (given.size() == 2 && given.get(0).equals("--only")) {
            var word = given.get(1);
            var chosen = Comparison.ALL.stream()
                    .filter(comparison -> comparison.name().contains(word))
                    .toList();
            System.exit(ratios(chosen, quick) ? 0 : 1);
        }
        if (!given.isEmpty()) {
            System.err.println("usage: tools/bench/run [--quick] [--only WORD]");
            System.exit(2);
        }
        boolean storm = storm();
        boolean ratios = ratios(Comparison.ALL, quick);
        System.exit(storm && ratios ? 0 : 1);
    }

    private static boolean storm() throws InterruptedException, ExecutionException {
        int fetches = KeyMissStorm.fetches();
        boolean passes = fetches == ONE_FETCH;
        System.out.println(KeyMissStorm.TOKENS + " unknown key ids at once: " + fetches
                + " fetch(es) of the provider's keys  (bar " + ONE_FETCH + ")  " + (passes ? "PASS" : "FAIL"));
        return passes;
    }

    private static boolean ratios(List<Comparison> comparisons, boolean quick) throws IOException, RunnerException {
        System.out.println("Java " + Runtime.version() + ", "
                + Runtime.getRuntime().availableProcessors() + " processors, medians");
        try (var dynamo = DynamoProcess.start()) {
            var measuring = quick ? Measuring.quick(dynamo.endpoint()) : Measuring.full(dynamo.endpoint());
            var times = measuring.run(comparisons);
            comparisons.forEach(comparison -> System.out.println(comparison.line(times)));
            return !comparisons.isEmpty() && comparisons.stream().allMatch(comparison -> comparison.passes(times));
        }
    }
}
