// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import io.taskbound.json.StrictJson;
import io.taskbound.task.Identifier;
import io.taskbound.task.RequestedPermission;
import io.taskbound.task.TaskName;
import io.taskbound.task.TaskRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A team's fragment and the ways out of its cap: each is refused when the policy is compiled. */
class FragmentTest {
    private static final String POLICY = """
            {'version': 1,
             'providers': {
               'github': {'profile': 'github', 'issuer': 'https://gh.example', 'audience': 'a'},
               'jenkins': {'profile': 'jenkins', 'issuer': 'https://ci.example/oidc', 'audience': 'a'}},
             'resource_servers': {
               'deployer': {'audience': 'deployer', 'checks': 'redeem', 'client_secret_hashes': ['%1$s']},
               'bank': {'audience': 'bank', 'checks': 'offline'}},
             'callers': {'everyone': [{'provider': 'github', 'claims': {'repository_owner_id': '1001', 'ref': 'refs/heads/main', 'ref_type': 'branch'}}]},
             'approvers': {
               'managers': [{'provider': 'github', 'person': 'actor_id', 'claims': {'repository_id': '3003', 'repository_owner_id': '1001',
                             'workflow_ref': 'acme/ok/.github/workflows/a.yml@refs/heads/main', 'actor_id': ['1']}}],
               'anybody': [{'provider': 'github', 'person': 'actor_id', 'claims': {'repository_id': '2002', 'repository_owner_id': '1001',
                             'workflow_ref': 'acme/shop/.github/workflows/a.yml@refs/heads/main', 'actor_id': ['2']}}]},
             'tasks': {'shop-audit': {'permissions': [{'resource_server': 'bank', 'actions': ['read'], 'identifiers': ['log:x']}],
                       'max_lifetime': '5m', 'allow': ['everyone']}},
             'fragments': {'shop': {
               'cap': {'prefix': 'shop-', 'max_lifetime': '10m', 'max_uses': 2, 'lease': '2m', 'approval': ['managers'],
                 'allow': [{'provider': 'github', 'claims': {'repository_id': '2002', 'repository_owner_id': '1001'}}],
                 'permissions': [{'resource_server': 'deployer', 'actions': ['deploy', 'read'],
                                  'identifiers': ['service:shop/*', 'image:${project}@sha256:{sha256}']}]},
               'callers': {'shop-main': [{'provider': 'github', 'claims': {'repository_id': '2002', 'repository_owner_id': '1001',
                           'repository': 'acme/shop', 'ref': 'refs/heads/main', 'ref_type': 'branch'}}]},
               'tasks': {'shop-deploy': {
                 'permissions': [{'resource_server': 'deployer', 'actions': ['deploy'],
                                  'identifiers': ['service:shop/web', 'image:${project}@sha256:{sha256}']}],
                 'max_lifetime': '5m', 'max_uses': 1, 'lease': '60s', 'approval': {'by': ['managers']}, 'allow': ['shop-main']}}}}}
            """.formatted("5e".repeat(32));

    private static JsonObject document(String part, String changed) throws Exception {
        var text = POLICY.replace(part, changed);
        assertThat(text).as(part).isNotEqualTo(POLICY);
        return StrictJson.parseObject(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static Policy whole() throws Exception {
        var json = StrictJson.parseObject(POLICY.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        return Policy.compile(json, 1).orElseThrow(faulty -> new AssertionError(faulty.faults()));
    }

    @Test
    void aTaskWithinTheCapIsATaskOfThePolicy() throws Exception {
        var policy = whole();
        assertThat(policy.tasks()).extracting(task -> task.name().value()).containsExactly("shop-audit", "shop-deploy");
        assertThat(policy.tasks()).extracting(Task::fragment).containsExactly(Optional.empty(), Optional.of("shop"));
        assertThat(policy.fragments()).extracting(Fragment::name).containsExactly("shop");
    }

    static List<List<String>> waysOut() {
        var claims =
                "{'repository_id': '2002', 'repository_owner_id': '1001',\n               'repository': 'acme/shop'";
        return List.of(
                // Other tenants.
                List.of(
                        claims,
                        "{'repository_id': '6666', 'repository_owner_id': '1001', 'repository': 'acme/shop'",
                        "repository_id must be \"2002\""),
                List.of(
                        claims,
                        "{'repository_id': ['2002', '6666'], 'repository_owner_id': '1001', 'repository': 'acme/shop'",
                        "repository_id must be"),
                List.of(claims, "{'repository_owner_id': '1001', 'repository': 'acme/shop'", "repository_id must be"),
                List.of(claims, "{'repository_id': '2002', 'repository': 'acme/shop'", "repository_owner_id must be"),
                List.of(
                        claims,
                        "{'repository_id': '2002', 'repository_owner_id': {'contains': '1001'}, 'repository': 'acme/shop'",
                        "repository_owner_id must be"),
                List.of(
                        claims,
                        "{'repository_id': '2002', 'repository_owner_id': {'exact': '100*'}, 'repository': 'acme/shop'",
                        "repository_owner_id must be"),
                List.of(
                        "'shop-main': [{'provider': 'github'",
                        "'shop-main': [{'provider': 'jenkins'",
                        "lets in no callers of jenkins"),
                // An event of strangers, which the cap's own rule keeps out unasked.
                List.of(
                        "'ref': 'refs/heads/main', 'ref_type'",
                        "'event_name': ['push', 'pull_request_target'], 'ref': 'refs/heads/main', 'ref_type'",
                        "event_name must be"),
                // A caller of the organisation that is wider, and one of the fragment beside the good one.
                List.of(
                        "'allow': ['shop-main']",
                        "'allow': ['everyone']",
                        "no caller of this fragment is named \"everyone\""),
                List.of(
                        "'allow': ['shop-main']",
                        "'allow': ['shop-main', {'provider': 'github', 'claims': {'repository_id': '2003', 'repository_owner_id': '1001', 'repository': 'acme/shop'}}]",
                        "repository_id must be"),
                // Targets.
                List.of("'service:shop/web'", "'service:bank/web'", "not certainly within"),
                List.of("'service:shop/web'", "'service:shop/**'", "not certainly within"),
                List.of("'service:shop/web'", "'service:shop/${project}'", "not certainly within"),
                List.of("'service:shop/web'", "'service:*/web'", "not certainly within"),
                List.of("'service:shop/web'", "'service:shop'", "not certainly within"),
                List.of(
                        "'service:shop/web', 'image:${project}@",
                        "'service:shop/web', 'image:acme/bank@",
                        "not certainly within"),
                List.of(
                        "'ref_type': 'branch'}}]},\n   'tasks'",
                        "'ref_type': 'branch'}, 'let': {'project': 'acme/bank'}}]},\n   'tasks'",
                        "sets ${project} itself"),
                List.of("'actions': ['deploy'],", "'actions': ['drop'],", "no such action at that server"),
                List.of(
                        "'resource_server': 'deployer', 'actions': ['deploy'],",
                        "'resource_server': 'bank', 'actions': ['deploy'],",
                        "not certainly within"),
                // Limits.
                List.of(
                        "'max_lifetime': '5m', 'max_uses': 1",
                        "'max_lifetime': '11m', 'max_uses': 1",
                        "longer than 10m"),
                List.of("'max_lifetime': '5m', 'max_uses': 1", "'max_uses': 1", "longer than 10m"),
                List.of("'max_uses': 1", "'max_uses': 3", "more uses than 2"),
                List.of("'max_uses': 1", "'max_uses': 'unlimited'", "more uses than 2"),
                List.of("'lease': '60s', ", "", "a lease of at most 2m"),
                List.of("'lease': '60s'", "'lease': '3m'", "a lease of at most 2m"),
                List.of("'approval': {'by': ['managers']}, ", "", "an approval by managers"),
                List.of("{'by': ['managers']}", "{'by': ['anybody']}", "an approval by managers"),
                List.of("{'by': ['managers']}", "{'by': ['managers', 'anybody']}", "an approval by managers"),
                List.of(
                        "'approval': ['managers'],\n",
                        "'approval': ['managers'], 'approval_count': 2,\n",
                        "an approval by 2 people of managers"),
                List.of("'max_uses': 1", "'enforce': false, 'max_uses': 1", "may not switch enforcement off"),
                // Names.
                List.of("'shop-deploy': {", "'bank-deploy': {", "does not begin with shop-"),
                List.of("'shop-deploy': {", "'shop-audit': {", "stands elsewhere in the policy"),
                List.of(
                        "'callers': {'shop-main': [{",
                        "'callers': {'everyone': [{'provider': 'github', 'claims': {'repository_id': '2002', 'repository_owner_id': '1001', 'ref': 'refs/heads/main', 'ref_type': 'branch'}}], 'shop-main': [{",
                        "does not begin with shop-"),
                // What only the organisation may write.
                List.of(
                        "'callers': {'shop-main'",
                        "'approvers': {}, 'callers': {'shop-main'",
                        "unknown field \"approvers\""),
                List.of(
                        "'callers': {'shop-main'",
                        "'fragments': {}, 'callers': {'shop-main'",
                        "unknown field \"fragments\""),
                List.of(
                        "'callers': {'shop-main'",
                        "'file': 'x/y.yaml', 'callers': {'shop-main'",
                        "file was not resolved"),
                // Caps that bound nothing.
                List.of("'prefix': 'shop-'", "'prefix': 'shop'", "also fits the names of others"),
                List.of(
                        "'allow': [{'provider': 'github', 'claims': {'repository_id': '2002', 'repository_owner_id': '1001'}}]",
                        "'allow': [{'provider': 'github', 'claims': {'ref': 'refs/heads/main'}}]",
                        "tenant"),
                List.of(
                        "[{'resource_server': 'deployer', 'actions': ['deploy', 'read']",
                        "[{'resource_server': 'bank', 'actions': ['x'], 'identifiers': ['a']}, {'resource_server': 'deployer', 'actions': ['deploy', 'read']",
                        "cannot be kept"),
                List.of("'approval': ['managers'],\n", "'approval': ['nobody'],\n", "no group of approvers is named"));
    }

    @Test
    void everyWayOutOfTheCapIsRefused() throws Exception {
        for (var way : waysOut()) {
            var compiled = Policy.compile(document(way.get(0), way.get(1)), 1);
            var faults = compiled.match(Policy.Ok::warnings, Policy.Faulty::faults);
            assertThat(faults)
                    .as(way.get(1))
                    .filteredOn(fault -> fault.severity() == Severity.ERROR)
                    .anySatisfy(fault ->
                            assertThat(fault.message() + " " + fault.remedy()).contains(way.get(2)));
            assertThat(compiled).as(way.get(1)).isInstanceOf(Policy.Faulty.class);
            // The issuer, which reads no advice, refuses the same.
            assertThat(Policy.load(document(way.get(0), way.get(1)), 1)).isInstanceOf(Policy.Faulty.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "a/b, a/b, true",
        "a/b, a/*, true",
        "a/b, a/**, true",
        "a/*, a/**, true",
        "a/**, a/*, false",
        "a/*, a/*, true",
        "a/**, a/**, true",
        "a/b*, a/*, true",
        "a/*b, a/*, true",
        "a/*/c, a/**, true",
        "a/*/c, a/**/c, true",
        "a/*/*, a/*, false",
        "a:b, a*, false",
        "ab*cd, a*d, true",
        "a*, ab*, false",
        "**, *, false",
        "*, **, true",
        "a/{sha256}, a/*, true",
        "a/*, a/{sha256}, false",
        "a/{sha256}, a/{sha256}, true",
        "a/${x}, a/${x}, true",
        "a/${x}, a/${y}, false",
        "a/${x}, a/*, false",
        "a/${x}, a/**, true",
        "a/b, a/${x}, false",
        "a/${x}/c, a/${x}/*, true",
        "a/${x}b, a/**, true"
    })
    void oneReachesNoFurtherThanTheOther(String narrow, String wide, boolean within) throws Exception {
        assertThat(PatternReach.isWithin(IdentifierPattern.of(narrow), IdentifierPattern.of(wide)))
                .isEqualTo(within);
    }

    /**
     * Of any two patterns of which one is said to be within the other, no text is found that only the first matches.
     */
    @Test
    void whatIsWithinMatchesNothingElse() throws Exception {
        var random = new SplittableRandom(11);
        var letters = List.of("a", "b", "/", ":", "*", "**");
        int within = 0;
        for (int round = 0; round < 20_000; round++) {
            var narrow = pattern(random, letters);
            var wide = pattern(random, letters);
            if (narrow.isEmpty() || wide.isEmpty() || !PatternReach.isWithin(narrow.get(), wide.get())) {
                continue;
            }
            within++;
            var one = narrow.get().bind(Map.of());
            var other = wide.get().bind(Map.of());
            for (int i = 0; i < 40; i++) {
                var text = text(random);
                assertThat(one.matches(text) && !other.matches(text))
                        .as(narrow + " within " + wide + " but " + text)
                        .isFalse();
            }
        }
        assertThat(within).isGreaterThan(500);
    }

    private static Optional<IdentifierPattern> pattern(SplittableRandom random, List<String> letters) {
        var text = new StringBuilder();
        for (int length = 1 + random.nextInt(4); length > 0; length--) {
            text.append(letters.get(random.nextInt(letters.size())));
        }
        try {
            return Optional.of(IdentifierPattern.of(text.toString()));
        } catch (BadPattern none) {
            return Optional.empty();
        }
    }

    private static String text(SplittableRandom random) {
        var text = new StringBuilder();
        for (int length = 1 + random.nextInt(5); length > 0; length--) {
            text.append("ab/:".charAt(random.nextInt(4)));
        }
        return text.toString();
    }

    @Test
    void theDifferenceNamesTheFragmentAndItsCap() throws Exception {
        var before = whole();
        var after = Policy.compile(
                        document("'max_lifetime': '10m', 'max_uses': 2", "'max_lifetime': '9m', 'max_uses': 2"), 2)
                .orElseThrow(faulty -> new AssertionError(faulty.faults()));
        assertThat(PolicyDifference.between(Optional.of(before), after))
                .extracting(Change::subject)
                .containsExactly("fragment shop");
        assertThat(PolicyDifference.between(Optional.empty(), before))
                .extracting(Change::subject)
                .contains("task shop-deploy of fragment shop", "task shop-audit");
    }

    @Test
    void theExplanationNamesTheFragment() throws Exception {
        var policy = whole();
        var provider = policy.providers().get(0);
        var claims = Contract.json("""
                {'sub': 's', 'repository_id': '2002', 'repository_owner_id': '1001', 'repository': 'acme/shop',
                 'ref': 'refs/heads/main', 'ref_type': 'branch', 'event_name': 'push'}
                """);
        var request = new TaskRequest(
                new TaskName("shop-deploy"),
                List.of(new RequestedPermission(new TreeSet<>(), Optional.empty(), new Identifier("service:shop/web"))),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        var explanation = policy.explain(
                provider.profile().describe(provider.name(), provider.issuer(), claims, "x"), request, Instant.EPOCH);
        assertThat(explanation.allowed()).isTrue();
        assertThat(explanation.lines()).contains("  the task stands in the fragment shop");
        assertThat(JsonText.of(policy.fragments().get(0).cap())).contains("\"prefix\":\"shop-\"");
    }
}
