// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.policytest;

import io.taskbound.cli.report.Annotations;
import io.taskbound.policy.Severity;
import java.util.ArrayList;
import java.util.List;

/** A run of tests as annotations of a pull request: at each case that failed, and at what is not covered. */
final class GithubReport {
    private GithubReport() {}

    static List<String> lines(TestReport report, Annotations annotations) {
        var lines = new ArrayList<String>();
        for (var policy : report.policies()) {
            for (var outcome : policy.failed()) {
                var see = policy.hinge(outcome).map(at -> "\nsee " + at).orElse("");
                lines.add(annotations.of(
                        Severity.ERROR,
                        outcome.test().position(),
                        outcome.test().name(),
                        String.join("\n", outcome.differences()) + see));
            }
            var failures = report.failures(policy);
            for (var part : report.uncovered(policy)) {
                lines.add(annotations.of(
                        failures.contains(part) ? Severity.ERROR : Severity.WARNING,
                        part.position(),
                        "not covered",
                        part.missing()));
            }
        }
        return lines;
    }
}
