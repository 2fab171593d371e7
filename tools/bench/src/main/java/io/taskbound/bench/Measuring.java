// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * How long each benchmark is measured. The two sides of a comparison take turns, round by round, each in a fresh JVM;
 * and a time is the median of single calls: so that what else the machine does, the ratio does not see.
 *
 * @param dynamo endpoint of DynamoDB Local
 */
record Measuring(String dynamo, int rounds, int seconds) {
    static Measuring quick(String dynamo) {
        return new Measuring(dynamo, 1, 3);
    }

    static Measuring full(String dynamo) {
        return new Measuring(dynamo, 3, 5);
    }

    Times run(Collection<Comparison> comparisons) throws RunnerException {
        var all = new LinkedHashSet<Timed>();
        comparisons.forEach(comparison -> {
            all.add(comparison.against());
            all.add(comparison.measured());
        });
        var times = new Times();
        for (int round = 1; round <= rounds; round++) {
            System.out.print("round " + round + " of " + rounds + " ");
            for (var timed : all) {
                times.add(timed, medianMicros(timed));
                System.out.print(".");
            }
            System.out.println();
        }
        return times;
    }

    private double medianMicros(Timed timed) throws RunnerException {
        var options = new OptionsBuilder()
                .include(timed.pattern())
                .mode(Mode.SampleTime)
                .timeUnit(TimeUnit.MICROSECONDS)
                .forks(1)
                .warmupIterations(2)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(seconds)
                .measurementTime(TimeValue.seconds(1))
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
        timed.verb().ifPresent(verb -> options.param("verb", verb.name()).param("endpoint", dynamo));
        var result = new Runner(options.build()).runSingle();
        return result.getPrimaryResult().getStatistics().getPercentile(50);
    }
}
