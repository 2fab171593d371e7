// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.policytest;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.cli.Ran;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.StrictJson;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

/** {@code policy test}: answers compared, faults with their place, and what the tests do not reach. */
class PolicyTestTest {
    private static final String POLICY = """
            version: 1
            providers:
              github: {profile: github, issuer: "https://gh.example", audience: us}
              jenkins: {profile: jenkins, issuer: "https://ci.example/oidc", audience: us}
            resource_servers:
              store: {audience: store, checks: offline}
              other: {audience: other, checks: offline}
            callers:
              main:
                - {provider: github, claims: {repository_id: "2002", repository_owner_id: "1001", ref: refs/heads/main, ref_type: branch}}
            tasks:
              move:
                permissions:
                  - {resource_server: store, actions: [move], identifiers: ["data:in/*", "data:out/*"]}
                max_lifetime: 5m
                allow: [main]
              drop:
                permissions:
                  - {resource_server: store, actions: [drop], identifiers: ["data:in/*"]}
                  - {resource_server: other, actions: [drop], identifiers: ["data:in/*"]}
                max_lifetime: 5m
                allow:
                  - main
                  - {provider: jenkins, claims: {sub: "https://ci.example/job/drop/"}}
            """;
    private static final String HEAD = """
            version: 1
            policy: policy.yaml
            callers:
              main:
                provider: github
                claims: {repository_id: "2002", repository_owner_id: "1001", ref: refs/heads/main, ref_type: branch, event_name: push}
            requests:
              in: {task: move, identifier: "data:in/x"}
            cases:
            """;
    private static final String PASSES = "  - {name: moves, caller: main, request: in, expect: allowed}\n";

    @TempDir
    private Path folder;

    private Ran test(String cases, String... options) throws Exception {
        return whole(HEAD + cases, options);
    }

    private Ran whole(String table, String... options) throws Exception {
        Files.writeString(folder.resolve("policy.yaml"), POLICY);
        var tests = Files.createDirectories(folder.resolve("tests"));
        Files.writeString(tests.resolve("t.yaml"), table.replace("policy: policy.yaml", "policy: ../policy.yaml"));
        var words = Stream.concat(Stream.of("policy", "test", tests.toString()), Stream.of(options));
        return Ran.with(Map.of("GITHUB_WORKSPACE", folder.toString()), "", words.toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "request: in, expect: allowed | allowed",
                "request: in, expect: {allowed: {rule: 'allow[0] main[0]', lifetime: 300s, lease: none, approval: none}} | allowed",
                "request: {task: move, identifier: 'data:in/x', lifetime: 1m}, expect: {allowed: {lifetime: 1m}} | allowed",
                "request: {task: move, identifiers: ['data:in/x', 'data:out/y']}, expect: allowed | allowed",
                "request: {task: drop, server: other, identifier: 'data:in/x'}, expect: allowed | allowed",
                "without: [ref], request: in, expect: {refused: {misses: ref, because: not_allowed}} | refused",
                "claims: {ref: x}, request: in, expect: refused | refused",
                "provider: jenkins, request: in, expect: {refused: {misses: provider}} | refused",
                "request: {task: drop, identifier: 'data:in/x'}, expect: {refused: {because: wrong_resource_server}} | refused",
                "request: {task: none, identifier: 'data:in/x'}, expect: {refused: {because: unknown_task}} | refused",
                "request: {task: move, actions: [drop], identifier: 'data:in/x'}, expect: {refused: {misses: action}} | refused",
            })
    void comparesTheAnswerWithWhatIsExpected(String fields, String answer) throws Exception {
        var ran = test("  - {name: n, caller: main, " + fields + "}\n", "--format", "json");
        assertThat(ran.code()).as(ran.out() + ran.err()).isZero();
        assertThat(cases(ran)).hasSize(1).allMatch(test -> test.string("answer").equals(Optional.of(answer)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "request: in, expect: refused | expected refused, but it is allowed: by allow[0] main[0] | policy.yaml:10:7",
                "claims: {ref: x}, request: in, expect: allowed | refused: rule 1: ref is \"x\", not \"refs/heads/main\" | policy.yaml:10:87",
                "request: in, expect: {allowed: {lifetime: 4m}} | allowed as expected, but lifetime is 5m, not 4m | policy.yaml:10:7",
                "request: in, expect: {allowed: {rule: 'allow[1]'}} | but rule is allow[0] main[0], not allow[1] | policy.yaml:10:7",
                "request: in, expect: {allowed: {approval: [managers]}} | but approval is none, not managers | policy.yaml:10:7",
                "request: in, expect: {allowed: {lease: 30s}} | but lease is none, not 30s | policy.yaml:10:7",
                "claims: {ref: x}, request: in, expect: {refused: {misses: ref_type}} | but misses is ref, not ref_type | policy.yaml:10:87",
                "claims: {ref: x}, request: in, expect: {refused: {because: unknown_task}} | because is not_allowed, not unknown_task | policy.yaml:10:87"
            })
    void saysWhichRuleAndClaimMadeAnotherAnswer(String fields, String said, String place) throws Exception {
        var ran = test("  - {name: n, caller: main, " + fields + "}\n");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out())
                .contains(said, "see " + folder.resolve(place), "FAILED  1 case, 1 failed")
                .containsPattern("tests/t\\.yaml:10:5: failed: n\\R");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "  - {name: n, caller: maim, request: in, expect: allowed} | 10:15: error: the table has no caller \"maim\" | did you mean main?",
                "  - {name: n, caller: main, request: int, expect: allowed} | 10:29: error: the table has no request \"int\" | did you mean in?",
                "  - {name: n, caller: main, request: in, expect: alowed} | 10:42: error: \"alowed\" is not an answer | did you mean allowed?",
                "  - {name: n, caller: main, request: in} | 10:5: error: expect is missing | write expect: allowed",
                "  - {caller: main, request: in, expect: allowed} | 10:5: error: name is missing | write name:",
                "  - {name: n, caler: main, request: in, expect: allowed} | 10:15: error: unknown field \"caler\" | did you mean caller?",
                "  - {name: n, provider: circle, request: in, expect: refused} | 10:15: error: the policy has no provider \"circle\" | github, jenkins",
                "  - {name: n, request: in, expect: refused} | 10:5: error: the case does not say which provider | write provider:",
                "  - {name: n, caller: main, without: [reff], request: in, expect: refused} | 10:29: error: there is no claim \"reff\" | name a claim",
                "  - {name: n, caller: main, request: in, expect: {allowed: {}, refused: {}}} | 10:42: error: an answer is one of | write expect:",
                "  - {name: n, caller: main, request: in, expect: {refused: {because: mood}}} | 10:61: error: no request is refused because of \"mood\" | unknown_task",
                "  - {name: n, caller: main, request: in, expect: {allowed: {lifetime: long}}} | 10:61: error: lifetime must be a duration | 90s",
                "  - {name: n, caller: main, request: in, expect: {allowed: {max_uses: many}}} | 10:61: error: max_uses must be | unlimited",
                "  - {name: n, caller: main, request: in, at: today, expect: allowed} | 10:42: error: at must be a time | 2026-12-02T10:00:00Z",
                "  - {name: n, caller: main, request: {task: move}, expect: allowed} | 10:29: error: a request names its targets once | identifier",
                "  - {name: n, caller: main, request: {task: move, identifier: 'a*'}, expect: refused} | 10:51: error: the identifier | one concrete target",
                "  - {name: n, caller: main, request: {task: Move, identifier: a}, expect: refused} | 10:39: error: a task's name is | name of a task",
                "  - {name: n, caller: main, request: {task: move, identifier: 'a:b', server: stor}, expect: refused} | 10:70: error: the policy has no resource server | did you mean store?",
                "  - {name: n, caller: main, claims: [a], request: in, expect: refused} | 10:29: error: claims must be a mapping | name: value",
                "  [] | 9:1: error: a file of tests has 1 to 10000 cases | write cases:"
            })
    void namesThePlaceOfAFaultAndWhatToWrite(String cases, String said, String remedy) throws Exception {
        // The column separator of the table above eats blanks at the beginning.
        var ran = test("  " + cases.strip() + "\n");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).contains("tests/t.yaml:" + said, remedy, "No test was run");
    }

    @Test
    void findsTwoCasesOfOneNameAndACallerThatIsLikeItself() throws Exception {
        assertThat(test(PASSES + PASSES).err()).contains("two cases have this name");
        var loop = HEAD.replace("requests:", "  a: {like: b}\n  b: {like: a}\nrequests:") + PASSES;
        assertThat(whole(loop).err()).contains("is like itself");
    }

    @Test
    void takesACallerFromAnotherAndAnother() throws Exception {
        var table = HEAD.replace("requests:", """
                  dev: {like: main, claims: {ref: refs/heads/dev}}
                  tag: {like: dev, claims: {ref_type: tag}, without: [event_name]}
                requests:""")
                + "  - {name: n, caller: tag, claims: {ref: refs/heads/main, event_name: push}, request: in,"
                + " expect: {refused: {misses: ref_type}}}\n";
        var ran = whole(table);
        assertThat(ran.code()).as(ran.out() + ran.err()).isZero();
    }

    @Test
    void runsNothingOnAFaultyPolicyAndSaysWhy() throws Exception {
        var broken =
                Files.writeString(folder.resolve("broken.yaml"), POLICY.replace("profile: github", "profile: githup"));
        var ran = test(PASSES, "--policy", broken.toString());
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("broken.yaml:3:", "No test was run");
    }

    @Test
    void wantsToKnowWhichPolicyIsMeant() throws Exception {
        var ran = whole(HEAD.replace("policy: policy.yaml\n", "") + PASSES);
        assertThat(ran.err()).contains("t.yaml:1:1: error: the file does not say which policy it tests", "--policy");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--format sarif", "--format xml", "--policy none.yaml"})
    void refusesWhatItCannotDo(String options) throws Exception {
        var ran = test(PASSES, options.split(" "));
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void namesEachUncoveredPartWithItsPlace() throws Exception {
        var ran = test(PASSES, "--fail-uncovered");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out().lines().map(line -> line.replace(folder + "/", "")))
                .containsExactly(
                        "policy.yaml:17:3: not covered: task drop: no case asks for it",
                        "policy.yaml:10:7: not covered: task drop: no case is allowed by allow[0] main[0]",
                        "policy.yaml:24:9: not covered: task drop: no case is allowed by allow[1]",
                        "policy.yaml:10:7: not covered: task move: no case is refused by allow[0] main[0]",
                        "policy.yaml:24:9: not covered: task drop: no case is refused by allow[1]",
                        "policy.yaml:14:78: not covered: task move: no case is allowed by the pattern data:out/*",
                        "policy.yaml:19:65: not covered: task drop: no case is allowed by the pattern data:in/*",
                        "policy.yaml:20:65: not covered: task drop: no case is allowed by the pattern data:in/*",
                        "FAILED  1 case, 0 failed, 8 parts of the policy not covered");
    }

    @Test
    void aCaseThatFailsCoversNothing() throws Exception {
        var ran = test("  - {name: n, caller: main, request: in, expect: refused}\n", "--format", "json");
        var rules = coverage(ran).object("allows").orElseThrow();
        assertThat(rules.wholeNumber("covered").orElseThrow()).isZero();
        assertThat(rules.wholeNumber("of").orElseThrow()).isEqualTo(3);
    }

    /** Each claim of the rule is shown to matter only by a case that lacks nothing else. */
    @Test
    void aClaimIsCoveredByACaseThatLacksItAlone() throws Exception {
        var two = "  - {name: two, caller: main, without: [ref, ref_type], request: in, expect: refused}\n";
        var one = "  - {name: one, caller: main, without: [ref_type], request: in, expect: refused}\n";
        assertThat(claims(test(two, "--format", "json"))).isZero();
        assertThat(claims(test(two + one, "--format", "json"))).isEqualTo(1);
        var elsewhere = one.replace("request: in", "request: {task: move, identifier: 'data:z'}");
        assertThat(claims(test(elsewhere, "--format", "json"))).isZero();
        assertThat(test(one, "--fail-uncovered-claims").out())
                .contains("no case is refused only because of ref in allow[0] main[0]")
                .doesNotContain("ref_type of");
    }

    private static long claims(Ran ran) throws Exception {
        return coverage(ran)
                .object("claim")
                .orElseThrow()
                .wholeNumber("covered")
                .orElseThrow();
    }

    @Test
    void aSecondRuleThatWouldAllowItTooIsNotCovered() throws Exception {
        Files.writeString(folder.resolve("twice.yaml"), POLICY.replace("allow: [main]", "allow: [main, main]"));
        var ran = test(PASSES, "--policy", folder.resolve("twice.yaml").toString(), "--coverage");
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out())
                .contains("task move: no case is allowed by allow[1] main[0]")
                .doesNotContain("task move: no case is allowed by allow[0] main[0]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'2026-12-02T10:00:00Z' | allowed",
                "'2026-12-02T17:00:00+01:00' | {refused: {because: outside_window}}",
                "'2026-12-05T10:00:00Z' | {refused: {because: outside_window}}"
            })
    void asksAtTheTimeThatACaseNames(String at, String answer) throws Exception {
        var ran = windowed("  - {name: n, caller: main, request: in, at: " + at + ", expect: " + answer + "}\n");
        assertThat(ran.code()).as(ran.out() + ran.err()).isZero();
    }

    @Test
    void wantsATimeWhereTheAnswerDependsOnIt() throws Exception {
        assertThat(windowed(PASSES).err()).contains("t.yaml:10:5: error: the task has windows", "write at:");
    }

    private Ran windowed(String cases) throws Exception {
        var open =
                "max_lifetime: 5m\n    windows: [{days: [mon, tue, wed], from: \"09:00\", to: \"16:00\", zone: UTC}]";
        var policy = folder.resolve("windowed.yaml");
        Files.writeString(policy, POLICY.replaceFirst("max_lifetime: 5m", open));
        return test(cases, "--policy", policy.toString());
    }

    @Test
    void annotatesAPullRequest() throws Exception {
        var ran = test(
                "  - {name: \"a,b:c%\", caller: main, request: in, expect: refused}\n",
                "--format", "github", "--coverage");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out())
                .startsWith("::error file=tests/t.yaml,line=10,col=5,title=a%2Cb%3Ac%25::expected refused, but it is"
                        + " allowed: by allow[0] main[0]%0Asee ")
                .contains("\n::warning file=policy.yaml,line=24,col=9,title=not covered::task drop: no case is");
    }

    @Test
    void writesXmlThatParsersReadWhateverTheNamesHold() throws Exception {
        var ran = test(
                PASSES + "  - {name: \"<b> & \\\"q\\\" \\x07\", caller: main, request: in, expect: refused}\n",
                "--format",
                "junit",
                "--fail-uncovered");
        var factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        var xml = factory.newDocumentBuilder()
                .parse(new ByteArrayInputStream(ran.out().getBytes(StandardCharsets.UTF_8)));
        var suites = xml.getElementsByTagName("testsuite");
        assertThat(suites.getLength()).isEqualTo(2);
        var cases = (Element) suites.item(0);
        assertThat(cases.getAttribute("tests")).isEqualTo("2");
        assertThat(cases.getAttribute("failures")).isEqualTo("1");
        assertThat(((Element) cases.getElementsByTagName("testcase").item(1)).getAttribute("name"))
                .isEqualTo("<b> & \"q\" \ufffd");
        var coverage = (Element) suites.item(1);
        assertThat(coverage.getElementsByTagName("failure").getLength())
                .isEqualTo(Integer.parseInt(coverage.getAttribute("failures")))
                .isEqualTo(8);
    }

    private static List<JsonObject> cases(Ran ran) throws Exception {
        return objects(json(ran).array("cases").orElseThrow());
    }

    private static JsonObject coverage(Ran ran) throws Exception {
        return objects(json(ran).array("coverage").orElseThrow()).get(0);
    }

    private static JsonObject json(Ran ran) throws Exception {
        return StrictJson.parseObject(ran.out().getBytes(StandardCharsets.UTF_8));
    }

    private static List<JsonObject> objects(JsonArray array) {
        return array.items().stream().map(JsonObject.class::cast).toList();
    }
}
