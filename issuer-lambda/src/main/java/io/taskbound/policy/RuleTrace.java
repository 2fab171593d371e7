// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import java.util.List;
import java.util.Optional;

/**
 * How one rule judged a request. Checks stop at the first part that failed: first the provider, then all claims, then
 * the variables, then the targets.
 *
 * @param number counted from 1 over the task's rules
 * @param label where the rule is: {@code allow[0] release-pipelines[1]}
 * @param pointer where it stands in the document, as a JSON pointer (RFC 6901)
 * @param decisive the one claim without which the rule would allow the request, where there is one
 */
public record RuleTrace(int number, String label, String pointer, List<Finding> findings, Optional<String> decisive) {
    public RuleTrace {
        findings = List.copyOf(findings);
    }

    public boolean allows() {
        return findings.stream().allMatch(Finding::holds);
    }

    Optional<NearestMiss> firstMiss() {
        return findings.stream()
                .filter(finding -> !finding.holds())
                .findFirst()
                .map(miss -> new NearestMiss("rule " + number, miss.path(), miss.expected(), miss.actual()));
    }
}
