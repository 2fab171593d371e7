// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.json.JsonString;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who is looked at; that the decision is the same as without an index is PolicyModelTest's. */
class RuleIndexTest {
    private static int[] candidates(String rules, String ref) {
        var policy =
                Documents.compiled(Documents.signing("['artifact:${project}/**@sha256:{sha256}']", "[" + rules + "]"));
        var caller = Documents.github(Documents.with(Documents.githubClaims(), "ref", new JsonString(ref)));
        return policy.tasks().iterator().next().index().candidates(caller);
    }

    private static String rule(String ref) {
        return "{'provider': 'github', 'claims': {'repository_id': '2002', 'ref': " + ref + ", 'ref_type': 'branch'}}";
    }

    @Test
    void leadsToTheOneRuleOfABranchAmongManyOfItsRepository() {
        var rules = IntStream.range(0, 100)
                .mapToObj(i -> rule("'refs/heads/release-" + i + "'"))
                .collect(Collectors.joining(","));

        assertThat(candidates(rules, "refs/heads/release-42")).containsExactly(42);
        assertThat(candidates(rules, "refs/heads/main")).isEmpty();
    }

    @Test
    void leadsPastAThousandRulesOfOtherRepositories() {
        var rules = IntStream.range(0, 1_000)
                .mapToObj(i -> rule("'refs/heads/*'").replace("2002", i == 999 ? "2002" : Integer.toString(10_000 + i)))
                .collect(Collectors.joining(","));

        assertThat(candidates(rules, "refs/heads/main")).containsExactly(999);
    }

    @Test
    void leadsToARuleByEachOfItsValuesAndToItsTenantWhereTheRestIsPatterns() {
        var rules =
                rule("['refs/heads/a', 'refs/heads/b']") + "," + rule("'refs/heads/*'") + "," + rule("'refs/heads/b'");

        assertThat(candidates(rules, "refs/heads/a")).containsExactly(0, 1);
        assertThat(candidates(rules, "refs/heads/b")).containsExactly(0, 1, 2);
        assertThat(candidates(rules, "refs/heads/c")).containsExactly(1);
    }
}
