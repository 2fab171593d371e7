// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.policytest;

import io.taskbound.cli.terminal.CommandContext;
import java.util.ArrayList;
import java.util.List;

/**
 * What a run of tests found, and what of it is to be reported.
 *
 * @param coverage whether what the tests do not reach is reported
 * @param failing the kinds of parts that no test may leave out
 */
record TestReport(List<TestedPolicy> policies, boolean coverage, List<CoveredPart.Kind> failing) {
    TestReport {
        policies = List.copyOf(policies);
        failing = List.copyOf(failing);
    }

    /** Whether every case passed, and whatever must be covered is. */
    boolean passed() {
        return policies.stream()
                .allMatch(
                        policy -> policy.failed().isEmpty() && failures(policy).isEmpty());
    }

    /** What of the policy no test reaches although one must. */
    List<CoveredPart> failures(TestedPolicy policy) {
        var failures = new ArrayList<CoveredPart>();
        failing.forEach(kind -> failures.addAll(policy.coverage().uncovered(kind)));
        return failures;
    }

    /** What is named as not covered: what was asked for, and what fails. */
    List<CoveredPart> uncovered(TestedPolicy policy) {
        return coverage ? policy.coverage().uncovered() : failures(policy);
    }

    String conclusion(CommandContext context) {
        long cases =
                policies.stream().mapToLong(policy -> policy.outcomes().size()).sum();
        long failed =
                policies.stream().mapToLong(policy -> policy.failed().size()).sum();
        long uncovered =
                policies.stream().mapToLong(policy -> failures(policy).size()).sum();
        var word = passed() ? context.green("PASSED") : context.red("FAILED");
        return word + "  " + count(cases, "case") + ", " + failed + " failed"
                + (failing.isEmpty() ? "" : ", " + count(uncovered, "part") + " of the policy not covered");
    }

    static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
