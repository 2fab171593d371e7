// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.rules;

import io.taskbound.cli.policy.DocumentFields;
import io.taskbound.policy.FaultCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds rules that speak of the same request. Which of them were meant would hang on their order, and a rule added
 * above another would silently open or close something.
 */
final class Overlaps {
    private final DocumentFields root;
    private final List<ReadRule> rules;

    /** @param root for faults of paths that need no token */
    Overlaps(DocumentFields root, List<ReadRule> rules) {
        this.root = root;
        this.rules = rules;
    }

    void check(List<String> open) {
        for (int i = 0; i < rules.size(); i++) {
            // Of each rule one, so that a file with one pattern too many is not answered by a page of faults.
            firstLike(i);
        }
        open.forEach(this::checkOpen);
    }

    private void firstLike(int later) {
        var rule = rules.get(later);
        for (int i = 0; i < later; i++) {
            if (rules.get(i).rule().overlaps(rule.rule())) {
                rule.fields()
                        .fault(
                                FaultCode.NOT_UNIQUE,
                                "path",
                                "the rules " + rules.get(i).rule().name() + " and "
                                        + rule.rule().name() + " can match the same request",
                                "narrow a variable under where, or change a path or the methods, so that every request"
                                        + " has one rule at most; capital and small letters are taken as the same here");
                return;
            }
        }
    }

    private void checkOpen(String path) {
        var parts = new ArrayList<PathPart>();
        Arrays.stream(path.substring(Math.min(1, path.length())).split("/", -1))
                .map(PathPart.Literal::new)
                .forEach(parts::add);
        var pattern = new PathPattern(parts);
        rules.stream()
                .map(ReadRule::rule)
                .filter(rule ->
                        (rule.methods().contains("GET") || rule.methods().contains("HEAD"))
                                && rule.path().overlaps(pattern))
                .findFirst()
                .ifPresent(rule -> root.fault(
                        FaultCode.NOT_UNIQUE,
                        "open",
                        "a path in open needs no token, and the rule " + rule.name() + " says that it needs one",
                        "remove the path, or narrow the rule"));
    }
}
