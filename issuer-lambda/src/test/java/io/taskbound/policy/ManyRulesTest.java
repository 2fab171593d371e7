// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The work of loading, comparing and deciding grows with the number of rules and not with its square. Comparisons are
 * counted: a count is the same on a busy machine.
 */
class ManyRulesTest {
    private static final int TEN_THOUSAND = 10_000;
    private static final int RULES = 3_000;
    private static final int MOST_FOR_EACH = 8;

    record Kind(String name, IntFunction<String> claims, IntFunction<String> more) {
        @Override
        public String toString() {
            return name;
        }

        String rules(int from, int to) {
            return IntStream.range(from, to)
                    .mapToObj(i ->
                            "{\"provider\": \"github\", \"claims\": {" + claims.apply(i) + "}" + more.apply(i) + "}")
                    .collect(Collectors.joining(","));
        }
    }

    static Stream<Kind> kinds() {
        return Stream.of(
                kind("one owner, many branches", i -> owner() + ref("refs/heads/r" + i)),
                kind("one owner, many patterns", i -> owner() + ref("refs/heads/team-" + i + "/**")),
                kind("one owner, patterns that differ at their ends", i -> owner() + ref("refs/heads/**-" + i)),
                kind("one owner, lists", i -> owner() + ref("refs/heads/a" + i + "\", \"refs/heads/b" + i)),
                kind("one owner, many repositories", i -> owner() + ", \"repository_id\": \"" + i + "\""),
                kind(
                        "one owner, a grid",
                        i -> owner() + ", \"environment\": \"e" + i % 100 + "\", \"workflow\": \"w" + i / 100 + "\""),
                kind("one owner, many claims", i -> owner() + ", \"repo_property_" + i + "\": \"x\""),
                kind("one owner, inside an array", i -> owner() + ", \"teams\": {\"contains\": \"t" + i + "\"}"),
                kind("one owner, numbers", i -> owner() + ", \"attempt\": " + i),
                kind("one owner, one rule again and again", i -> owner() + ref("refs/heads/main")),
                new Kind(
                        "one owner, many values of a variable",
                        i -> owner(),
                        i -> ", \"let\": {\"team\": \"t" + i + "\"}"),
                new Kind(
                        "one owner, nested",
                        i -> owner(),
                        i -> ", \"nested\": [{\"path\": [\"a\", \"b\"], \"value\": \"n" + i + "\"}]"));
    }

    private static Kind kind(String name, IntFunction<String> claims) {
        return new Kind(name, claims, any -> "");
    }

    private static String owner() {
        return "\"repository_owner_id\": \"1001\"";
    }

    private static String ref(String values) {
        return ", \"ref\": [\"" + values + "\"], \"ref_type\": \"branch\"";
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void ofOneTaskAreComparedAFewTimesEach(Kind kind) {
        var rules = rules(compiled(kind.rules(0, RULES)));
        var wider = WiderRules.of(rules);

        rules.forEach(rule -> wider.find(rule, any -> true));

        assertThat(rules).hasSize(RULES);
        assertThat(wider.comparisons()).isLessThan((long) RULES * (kind.name().contains("grid") ? 150 : MOST_FOR_EACH));
    }

    /** The index leads to what a comparison of all with all would find. */
    @ParameterizedTest
    @MethodSource("kinds")
    void areFoundToBeCoveredAsIfAllWereCompared(Kind kind) {
        var many = kind.rules(0, 60)
                + "," + kind.rules(0, 5).replace("\"claims\": {", "\"claims\": {\"actor\": \"octocat\", ")
                + ","
                + kind.rules(5, 8)
                        .replace("refs/heads/r", "refs/heads/*r")
                        .replace("heads/team", "heads/*team")
                        .replace("\"t6", "\"t6-x")
                + ",{\"provider\": \"github\", \"claims\": {" + owner()
                + ", \"ref\": \"refs/heads/**\", \"ref_type\": \"branch\"}}";
        var rules = rules(compiled(many));
        var wider = WiderRules.of(rules);

        for (int i = 0; i < rules.size(); i++) {
            int narrow = i;
            boolean covered = IntStream.range(0, rules.size())
                    .anyMatch(j -> j != narrow
                            && !rules.get(j).whole().equals(rules.get(narrow).whole())
                            && rules.get(narrow).within(rules.get(j)));
            var found = wider.find(
                    rules.get(i),
                    j -> !rules.get(j).whole().equals(rules.get(narrow).whole()));
            assertThat(found.isPresent()).as(rules.get(i).whole()).isEqualTo(covered);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void leadACallerToFewOfThem(Kind kind) {
        var task = compiled(kind.rules(0, RULES)).tasks().iterator().next();
        var caller = Documents.github(
                Documents.with(Documents.githubClaims(), "ref", new JsonString("refs/heads/team-77/x-77")));

        boolean allForTheCaller = kind.name().contains("again") || kind.name().contains("variable");
        assertThat(task.index().candidates(caller)).hasSizeLessThanOrEqualTo(allForTheCaller ? RULES : 100);
    }

    @Test
    void thatManyTasksShareAreLookedAtOnce() {
        var callers = "\"many\": [" + kinds().findFirst().orElseThrow().rules(0, 2_000) + "]";
        var tasks = IntStream.range(0, 500)
                .mapToObj(i -> "\"t" + i + "\": " + task("\"many\"", "artifact:x"))
                .collect(Collectors.joining(","));
        var policy = Documents.compiled(document(callers, tasks));

        assertThat(policy.tasks()).hasSize(500);
        assertThat(policy.tasks())
                .extracting(task -> System.identityHashCode(task.index()))
                .containsOnly(
                        System.identityHashCode(policy.tasks().iterator().next().index()));
    }

    /** The square took minutes, and hours to compare; the limit is for a machine that does other things. */
    @Tag("long")
    @Test
    @Timeout(120)
    void areLoadedAndComparedWithTheirNextVersion() {
        var kind = kinds().findFirst().orElseThrow();
        var before = compiled(kind.rules(0, TEN_THOUSAND));
        var after = compiled(kind.rules(1, TEN_THOUSAND + 1));

        assertThat(PolicyDifference.between(Optional.of(before), after))
                .extracting(Change::effect)
                .containsExactly(Change.Effect.WIDER, Change.Effect.NARROWER);
        assertThat(PolicyDifference.between(Optional.empty(), after)).hasSizeGreaterThan(TEN_THOUSAND);
    }

    private static List<Rule> rules(Policy policy) {
        return policy.tasks().iterator().next().rules().stream()
                .map(AllowedRule::rule)
                .toList();
    }

    private static Policy compiled(String rules) {
        return Documents.compiled(document("", "\"sign\": " + task(rules, "artifact:x")));
    }

    private static String task(String allow, String identifier) {
        return "{\"permissions\": [{\"resource_server\": \"signer\", \"actions\": [\"sign\"], \"identifiers\": [\""
                + identifier + "\"]}], \"allow\": [" + allow + "]}";
    }

    private static JsonObject document(String callers, String tasks) {
        var text = ("{\"version\": 1, " + Documents.PROVIDERS + Documents.SERVERS).replace('\'', '"') + "\"callers\": {"
                + callers + "}, \"tasks\": {" + tasks + "}}";
        try {
            return StrictJson.parseObject(text.getBytes(StandardCharsets.UTF_8));
        } catch (MalformedJson ownFault) {
            throw new AssertionError(ownFault);
        }
    }
}
