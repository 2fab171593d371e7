// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.json.JsonObject;
import io.taskbound.policy.Explanation;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule of every example lets in whom it describes, and nobody who differs in one claim. */
class ExamplePoliciesTest {

    static List<Path> examples() {
        return Examples.all();
    }

    private static Loaded.Ok loaded(Path path) {
        return PolicyFiles.load(path).match(ok -> ok, faulty -> {
            throw new AssertionError(faulty.faults().toString());
        });
    }

    private static List<ExampleRule> rules(Loaded.Ok loaded) {
        var rules = new ArrayList<ExampleRule>();
        for (var task : loaded.policy().tasks()) {
            rules.addAll(ExampleRule.of(loaded.canonical(), task.name().value()));
        }
        return rules;
    }

    private static Explanation explain(Loaded.Ok loaded, ExampleRule rule, JsonObject claims) {
        var provider = loaded.policy().providers().stream()
                .filter(known -> known.name().value().equals(rule.provider()))
                .findFirst()
                .orElseThrow();
        var caller = provider.profile().describe(provider.name(), provider.issuer(), claims, "example");
        return loaded.policy().explain(caller, rule.request(caller.projectName()), Instant.EPOCH);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void areReadWithoutAWord(Path path) {
        assertThat(loaded(path).warnings()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void letInWhomEachRuleDescribes(Path path) {
        var loaded = loaded(path);

        assertThat(rules(loaded)).isNotEmpty();
        for (var rule : rules(loaded)) {
            var explanation = explain(loaded, rule, rule.claims());
            assertThat(explanation.allowed())
                    .as(String.join("\n", explanation.lines()))
                    .isTrue();
            assertThat(explanation.rules().get(rule.position()).allows()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void refuseWhoeverDiffersInOneClaim(Path path) {
        var loaded = loaded(path);
        for (var rule : rules(loaded)) {
            for (var changed : rule.changed()) {
                var explanation = explain(loaded, rule, changed);
                assertThat(explanation.rules().get(rule.position()).allows())
                        .as(String.join("\n", explanation.lines()))
                        .isFalse();
            }
        }
    }
}
