// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import static io.taskbound.policy.Documents.artifact;
import static io.taskbound.policy.Documents.permission;
import static io.taskbound.policy.Documents.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.identity.Caller;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonBoolean;
import io.taskbound.json.JsonNumber;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.json.JsonValue;
import io.taskbound.task.TaskRequest;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecideTest {
    private final Policy policy = Documents.compiled(Documents.release());
    private final Caller shop = Documents.github(Documents.githubClaims());
    private final TaskRequest signing = request("sign-release", permission(artifact("acme/shop"), "sign"));

    private static Grant granted(Policy policy, Caller caller, TaskRequest request) {
        var decision = policy.decide(caller, request, Instant.EPOCH);
        assertThat(policy.explain(caller, request, Instant.EPOCH).allowed())
                .isEqualTo(decision instanceof Decision.Granted);
        return decision.match(Decision.Granted::grant, refused -> {
            throw new AssertionError(refused.denial());
        });
    }

    private static Denial refused(Policy policy, Caller caller, TaskRequest request) {
        var decision = policy.decide(caller, request, Instant.EPOCH);
        assertThat(policy.explain(caller, request, Instant.EPOCH).allowed())
                .isEqualTo(decision instanceof Decision.Granted);
        return decision.match(
                granted -> {
                    throw new AssertionError(granted.grant());
                },
                Decision.Refused::denial);
    }

    private static String miss(Denial denial) {
        return denial.nearest().map(NearestMiss::text).orElse("");
    }

    private Caller changed(String claim, String value) {
        return Documents.github(Documents.with(Documents.githubClaims(), claim, new JsonString(value)));
    }

    @Test
    void grantsExactlyWhatWasAskedFor() {
        var grant = granted(policy, shop, signing);

        assertThat(grant.permissions()).hasSize(1);
        assertThat(grant.permissions().get(0).actions()).containsExactly("sign");
        assertThat(grant.permissions().get(0).location()).isEqualTo("https://signer.acme.example");
        assertThat(grant.permissions().get(0).identifier().value()).isEqualTo(artifact("acme/shop"));
        assertThat(grant.server().name().value()).isEqualTo("signer");
        assertThat(grant.lifetime()).isEqualTo(Duration.ofMinutes(10));
        assertThat(grant.maxUses()).isEqualTo(OptionalInt.of(1));
        assertThat(grant.lease()).contains(Duration.ofSeconds(60));
        assertThat(grant.rule()).isEqualTo("allow[0] release-pipelines[0]");
        assertThat(grant.policy()).isEqualTo(policy.version());
    }

    @Test
    void grantsByALaterRuleWithItsOwnValues() {
        var grant = granted(policy, Documents.jenkins(Documents.jenkinsClaims()), signing);

        assertThat(grant.rule()).isEqualTo("allow[0] release-pipelines[1]");
    }

    @Test
    void fillsInTheOnlyAction() {
        var grant = granted(policy, shop, request("sign-release", permission(artifact("acme/shop"))));

        assertThat(grant.permissions().get(0).actions()).containsExactly("sign");
    }

    @Test
    void refusesATaskThatTheCatalogueDoesNotHave() {
        var denial = refused(policy, shop, request("sign", permission(artifact("acme/shop"), "sign")));

        assertThat(denial).isEqualTo(Denial.of(Denial.Kind.UNKNOWN_TASK, Optional.empty()));
    }

    @Nested
    class Callers {
        @Test
        void thatAreForksAreRefusedByTheirId() {
            var claims = Documents.with(
                    Documents.with(Documents.githubClaims(), "repository_id", new JsonString("6666")),
                    "repository",
                    new JsonString("mallory/shop"));

            var denial = refused(policy, Documents.github(claims), signing);

            assertThat(denial.kind()).isEqualTo(Denial.Kind.NOT_ALLOWED);
            assertThat(miss(denial)).isEqualTo("rule 1: repository_id is \"6666\", not \"2002\"");
        }

        @ParameterizedTest
        @ValueSource(strings = {"repository_id", "repository_owner_id", "ref", "ref_type", "environment", "event_name"})
        void withoutABoundClaimAreRefused(String claim) {
            var denial = refused(policy, Documents.github(Documents.without(Documents.githubClaims(), claim)), signing);

            assertThat(miss(denial)).startsWith("rule 1: " + claim + " is absent, not ");
        }

        @ParameterizedTest
        @ValueSource(strings = {"repository_id", "repository_owner_id", "ref", "ref_type", "environment", "event_name"})
        void withAClaimOfAnotherTypeAreRefused(String claim) {
            var number = JsonNumber.of(new BigDecimal("2002"));
            var array =
                    new JsonArray(List.of(Documents.githubClaims().get(claim).orElseThrow()));
            for (JsonValue value : List.of(number, array, new JsonBoolean(true), JsonObject.EMPTY)) {
                var claims = Documents.with(Documents.githubClaims(), claim, value);

                assertThat(policy.decide(Documents.github(claims), signing, Instant.EPOCH))
                        .isInstanceOf(Decision.Refused.class);
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"pull_request_target", "workflow_run", "pull_request", "issue_comment", ""})
        void startedByStrangersAreRefusedUnlessTheRuleSaysOtherwise(String event) {
            assertThat(policy.decide(changed("event_name", event), signing, Instant.EPOCH))
                    .isInstanceOf(Decision.Refused.class);
        }

        @ParameterizedTest
        @ValueSource(strings = {"push", "workflow_dispatch", "schedule", "release", "merge_group"})
        void startedByTheirOwnPeopleAreLetIn(String event) {
            assertThat(policy.decide(changed("event_name", event), signing, Instant.EPOCH))
                    .isInstanceOf(Decision.Granted.class);
        }

        @Test
        void ofAnotherProviderAreRefusedWhateverTheyClaim() {
            var stranger = Documents.caller("other", "github", Documents.githubClaims());

            assertThat(miss(refused(policy, stranger, signing)))
                    .isEqualTo("rule 1: provider is \"other\", not \"github\"");
        }

        @Test
        void mayUseEitherFormOfTheirSubject() {
            var bound = Documents.compiled(
                    Documents.signing(
                            "['artifact:x']",
                            "[{'provider': 'github', 'claims': {'repository_id': '2002', 'sub': 'repo:acme/shop:environment:production'}}]"));
            var byId = changed("sub", "repo:acme@1001/shop@2002:environment:production");

            granted(bound, shop, request("sign", permission("artifact:x")));
            granted(bound, byId, request("sign", permission("artifact:x")));
            refused(
                    bound,
                    changed("sub", "repo:acme@1001/shop@6666:environment:production"),
                    request("sign", permission("artifact:x")));
        }
    }

    @Nested
    class Targets {
        @ParameterizedTest
        @ValueSource(strings = {"acme/shop-evil", "evil/acme/shop", "acme/sho", "acme/other", "ACME/shop"})
        void ofAnotherProjectAreRefused(String project) {
            var denial = refused(policy, shop, request("sign-release", permission(artifact(project), "sign")));

            assertThat(miss(denial))
                    .startsWith("rule 1: identifier is \"artifact:" + project)
                    .endsWith("not \"artifact:acme/shop/**@sha256:{sha256}\"");
        }

        @Test
        void takeTheProjectAsTextEvenIfItLooksLikeAPattern() {
            for (var project : List.of(
                    "**", "acme/*", "acme/../evil", "acme//shop", "acme/shop/", "", ".", "acme/${x}", "a b/c")) {
                var denial = refused(policy, changed("repository", project), signing);

                assertThat(miss(denial)).startsWith("rule 1: ${project} is ");
            }
        }

        @Test
        void areRefusedWithAnotherAction() {
            assertThat(miss(refused(
                            policy, shop, request("sign-release", permission(artifact("acme/shop"), "delete")))))
                    .isEqualTo("rule 1: action is \"delete\", not \"sign\"");
        }

        @Test
        void areAllPermittedOrNone() {
            refused(
                    policy,
                    shop,
                    request(
                            "sign-release",
                            permission(artifact("acme/shop"), "sign"),
                            permission(artifact("acme/other"), "sign")));
            refused(policy, shop, request("sign-release", permission(artifact("acme/shop"), "sign", "delete")));
        }

        @Test
        void mayNotBeNamedTwice() {
            assertThat(miss(refused(
                            policy,
                            shop,
                            request(
                                    "sign-release",
                                    permission(artifact("acme/shop")),
                                    permission(artifact("acme/shop"), "sign")))))
                    .isEqualTo("rule 1: identifier is named twice, not named once");
        }

        @Test
        void mustAllBePermittedByOneRule() {
            var two = Documents.compiled(
                    Documents.signing(
                            "['a/${x}']",
                            "[{'provider': 'github', 'claims': {'repository_id': '2002'}, 'let': {'x': 'one'}},"
                                    + "{'provider': 'github', 'claims': {'repository_owner_id': '1001'}, 'let': {'x': 'two'}}]"));

            granted(two, shop, request("sign", permission("a/one")));
            granted(two, shop, request("sign", permission("a/two")));
            refused(two, shop, request("sign", permission("a/one"), permission("a/two")));
        }
    }

    @Nested
    class SeveralServers {
        private final Policy policy = Documents.compiled(
                Contract.json("{'version': 1, " + Documents.PROVIDERS + """
                'resource_servers': {
                  'tickets': {'audience': 'https://tickets.example', 'checks': 'redeem', 'client_secret_hashes': ['%s']},
                  'cloud': {'audience': 'cloud', 'checks': 'introspect', 'client_secret_hashes': ['%s']},
                  'other': {'audience': 'other', 'checks': 'offline'}},
                'tasks': {
                  'triage': {'permissions': [
                    {'resource_server': 'tickets', 'actions': ['read'], 'identifiers': ['ticket:*']},
                    {'resource_server': 'tickets', 'actions': ['update'], 'identifiers': ['ticket:ACME-*']},
                    {'resource_server': 'cloud', 'actions': ['deploy'], 'identifiers': ['stage']}],
                    'allow': [{'provider': 'github', 'claims': {'repository_id': '2002'}}]},
                  'aside': {'permissions': [{'resource_server': 'other', 'actions': ['go'], 'identifiers': ['x']}],
                    'allow': [{'provider': 'github', 'claims': {'repository_id': '2002'}}]}}}
                """.formatted(Documents.HASH, Documents.HASH)));

        private TaskRequest at(String audience, io.taskbound.task.RequestedPermission... permissions) {
            var plain = request("triage", permissions);
            return new TaskRequest(
                    plain.task(), plain.permissions(), Optional.of(audience), Optional.empty(), Optional.empty());
        }

        @Test
        void areChosenByTheirAudience() {
            assertThat(granted(policy, shop, at("cloud", permission("stage"))).maxUses())
                    .isEmpty();
            assertThat(granted(policy, shop, at("https://tickets.example", permission("ticket:X-1", "read")))
                            .maxUses())
                    .hasValue(1);
        }

        @Test
        void mayNotBeGuessed() {
            var denial = refused(policy, shop, request("triage", permission("stage", "deploy")));

            assertThat(denial.kind()).isEqualTo(Denial.Kind.WRONG_TARGET_SERVER);
            assertThat(miss(denial))
                    .isEqualTo("rule 1: resource is absent, not \"https://tickets.example\" or \"cloud\"");
        }

        @Test
        void thatTheTaskDoesNotActOnAreWrong() {
            assertThat(refused(policy, shop, at("other", permission("x"))).kind())
                    .isEqualTo(Denial.Kind.WRONG_TARGET_SERVER);
            assertThat(refused(policy, shop, at("nowhere", permission("x"))).kind())
                    .isEqualTo(Denial.Kind.WRONG_TARGET_SERVER);
        }

        @Test
        void areNotToldApartByACallerWhomNoRuleAdmits() {
            var denial = refused(policy, changed("repository_id", "6666"), at("nowhere", permission("x")));

            assertThat(denial.kind()).isEqualTo(Denial.Kind.NOT_ALLOWED);
        }

        @Test
        void permitEachActionOnItsOwnTargets() {
            granted(
                    policy,
                    shop,
                    at(
                            "https://tickets.example",
                            permission("ticket:X-1", "read"),
                            permission("ticket:ACME-1", "read", "update")));
            refused(policy, shop, at("https://tickets.example", permission("ticket:X-1", "update")));
            refused(policy, shop, at("https://tickets.example", permission("stage", "deploy")));
        }

        @Test
        void withSeveralActionsWantOneNamed() {
            assertThat(miss(refused(policy, shop, at("https://tickets.example", permission("ticket:ACME-1")))))
                    .isEqualTo("rule 1: action is absent, not \"read\" or \"update\"");
        }

        @Test
        void withOneActionOnATargetNeedNoneNamed() {
            var grant = granted(policy, shop, at("https://tickets.example", permission("ticket:X-1")));

            assertThat(grant.permissions()).singleElement().satisfies(permission -> {
                assertThat(permission.actions()).containsExactly("read");
                assertThat(permission.identifier().value()).isEqualTo("ticket:X-1");
            });
        }

        @Test
        void thatNeverAskGetShortTokensWithoutALease() {
            var plain = request("aside", permission("x"));
            var grant = granted(
                    policy,
                    shop,
                    new TaskRequest(
                            plain.task(),
                            plain.permissions(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.of(Duration.ofSeconds(9))));

            assertThat(grant.lifetime()).isEqualTo(Duration.ofMinutes(5));
            assertThat(grant.lease()).isEmpty();
            assertThat(grant.maxUses()).isEmpty();
        }
    }

    @Nested
    class Limits {
        private Grant grant(Policy policy, Optional<Duration> lifetime, Optional<Duration> lease) {
            return granted(
                    policy,
                    shop,
                    new TaskRequest(signing.task(), signing.permissions(), signing.audience(), lifetime, lease));
        }

        @Test
        void areNeverMoreThanThePolicys() {
            var grant = grant(policy, Optional.of(Duration.ofHours(9)), Optional.of(Duration.ofHours(9)));

            assertThat(grant.lifetime()).isEqualTo(Duration.ofMinutes(10));
            assertThat(grant.lease()).contains(Duration.ofSeconds(60));
        }

        @Test
        void areLessWhereLessIsAskedFor() {
            var grant = grant(policy, Optional.of(Duration.ofSeconds(30)), Optional.of(Duration.ofSeconds(5)));

            assertThat(grant.lifetime()).isEqualTo(Duration.ofSeconds(30));
            assertThat(grant.lease()).contains(Duration.ofSeconds(5));
        }

        @Test
        void areTheDefaultsWhereThePolicyIsSilent() {
            var silent = Documents.compiled(Documents.policy(
                    Documents.TASKS.replace("'max_lifetime': '10m', 'max_uses': 1, 'lease': '60s',", "")));

            var grant = grant(silent, Optional.empty(), Optional.empty());
            assertThat(grant.lifetime()).isEqualTo(Duration.ofMinutes(15));
            assertThat(grant.maxUses()).hasValue(1);
            assertThat(grant.lease()).isEmpty();
            assertThat(grant(silent, Optional.empty(), Optional.of(Duration.ofSeconds(7)))
                            .lease())
                    .contains(Duration.ofSeconds(7));
        }
    }

    @Nested
    class Explained {
        @Test
        void ruleByRuleWithEveryHitAndMiss() {
            var lines = policy.explain(changed("environment", "staging\n\u001b[31m"), signing, Instant.EPOCH)
                    .lines();

            assertThat(lines)
                    .containsExactly(
                            "REFUSED  sign-release  rule 1: environment is \"staging\\u000a\\u001b[31m\", not \"production\"",
                            "  rule 1 (allow[0] release-pipelines[0]) does not",
                            "    hit   provider is \"github\"",
                            "    hit   repository_id is \"2002\"",
                            "    hit   repository_owner_id is \"1001\"",
                            "    hit   ref is \"refs/heads/main\"",
                            "    hit   ref_type is \"branch\"",
                            "    MISS  environment is \"staging\\u000a\\u001b[31m\", not \"production\"",
                            "    hit   event_name is \"push\"",
                            "  rule 2 (allow[0] release-pipelines[1]) does not",
                            "    MISS  provider is \"github\", not \"jenkins\"");
        }

        @Test
        void saysWhenTheTaskIsUnknown() {
            assertThat(policy.explain(shop, request("x", permission("y")), Instant.EPOCH)
                            .lines())
                    .containsExactly("REFUSED  x  no task has this name");
        }

        @Test
        void endsInALlowed() {
            assertThat(policy.explain(shop, signing, Instant.EPOCH).lines().get(0))
                    .isEqualTo("ALLOWED  sign-release");
        }
    }
}
