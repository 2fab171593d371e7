// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.identity.KeySource;
import io.taskbound.json.JsonObject;
import io.taskbound.task.ProviderName;
import io.taskbound.task.ServerName;
import io.taskbound.task.TaskName;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyCompileTest {

    @Test
    void readsThePolicyOfTheDesign() {
        var policy = Documents.compiled(Documents.release());

        assertThat(Documents.faults(Documents.release()))
                .extracting(Fault::code)
                .containsExactly(FaultCode.RENAME);
        assertThat(policy.providers())
                .extracting(provider -> provider.name().value())
                .containsExactly("github", "jenkins");
        assertThat(policy.providers().get(0).maxAge()).isEqualTo(Duration.ofMinutes(5));
        assertThat(policy.providers().get(0).algorithms()).containsExactly("RS256");
        assertThat(policy.providers().get(0).keys()).isEqualTo(new KeySource.Discovery());
        assertThat(policy.providers().get(0).name()).isEqualTo(new ProviderName("github"));
        assertThat(policy.task(new TaskName("sign-release")).flatMap(Task::description))
                .contains("Sign one release artifact");
        assertThat(policy.server(new ServerName("signer")).map(ResourceServer::audience))
                .contains("https://signer.acme.example");
        assertThat(policy.server(new ServerName("signer")).map(ResourceServer::typ))
                .contains(TokenType.AT_JWT);
        assertThat(policy.server(new ServerName("signer")).map(ResourceServer::proof))
                .contains(KeyProof.NONE);
    }

    @Test
    void namesItselfByTheHashOfItsCanonicalForm() {
        var reordered = Contract.json("{" + Documents.CALLERS + Documents.SERVERS + Documents.PROVIDERS
                + "'version': 1," + Documents.TASKS + "}");

        assertThat(Documents.compiled(reordered).version())
                .isEqualTo(Documents.compiled(Documents.release()).version());
        assertThat(Documents.compiled(Documents.policy(Documents.TASKS.replace("10m", "9m")))
                        .version())
                .isNotEqualTo(Documents.compiled(Documents.release()).version());
    }

    @Test
    void tellsEveryFaultAtOnce() {
        var document = Contract.json("""
                {'version': 2, 'providrs': {},
                 'providers': {'GitHub': {'profile': 'githup', 'issuer': 'http://evil.example', 'audience': ''}},
                 'resource_servers': {'signer': {'audience': 'https://s#x', 'checks': 'redeem'}},
                 'tasks': {'sign': {'permissions': [{'resource_server': 'singer', 'actions': [], 'identifiers': ['a//b']}],
                                    'max_lifetime': '2h', 'allow': ['nobody', {'provider': 'gitub', 'claims': {}}]}}}
                """);

        assertThat(Documents.faults(document))
                .filteredOn(fault -> fault.severity() == Severity.ERROR)
                .extracting(Fault::path)
                .containsExactlyInAnyOrder(
                        "/version",
                        "/providrs",
                        "/providers/GitHub",
                        "/providers/GitHub/profile",
                        "/providers/GitHub/issuer",
                        "/providers/GitHub/audience",
                        "/resource_servers/signer",
                        "/resource_servers/signer/audience",
                        "/tasks/sign/permissions/0/resource_server",
                        "/tasks/sign/permissions/0/actions",
                        "/tasks/sign/permissions/0/identifiers/0",
                        "/tasks/sign/max_lifetime",
                        "/tasks/sign/allow/0",
                        "/tasks/sign/allow/1/provider",
                        "/tasks/sign/allow/1/claims");
        assertThat(Documents.faults(document)).allSatisfy(fault -> {
            assertThat(fault.message()).isNotBlank();
            assertThat(fault.remedy()).isNotBlank();
        });
    }

    @Test
    void aProviderWithABadNameIsAFaultAlsoWhereRulesUseIt() {
        var document = Contract.json("{'version': 1," + Documents.PROVIDERS.replace("'github'", "'git_hub'")
                + Documents.SERVERS + Documents.CALLERS.replace("'github'", "'git_hub'") + Documents.TASKS + "}");

        assertThat(Documents.faults(document)).extracting(Fault::path).contains("/providers/git_hub");
    }

    @Test
    void guessesWhatAMisspeltWordWasMeantToBe() {
        var document = Documents.policy(Documents.TASKS
                .replace("'max_uses'", "'max_use'")
                .replace("'signer'", "'singer'")
                .replace("['release-pipelines']", "['release-pipeline']"));

        assertThat(Documents.faults(document))
                .extracting(Fault::remedy)
                .contains("did you mean max_uses?", "did you mean signer?", "did you mean release-pipelines?");
    }

    @Test
    void refusesAnEmptyDocument() {
        assertThat(Documents.faults(JsonObject.EMPTY))
                .extracting(Fault::message)
                .containsExactly(
                        "version is missing",
                        "providers is missing",
                        "resource_servers is missing",
                        "tasks is missing");
    }

    @Nested
    class Providers {
        private List<Fault> faults(String provider) {
            return Documents.faults(
                            Contract.json("{'version': 1, 'providers': {'p': {'audience': 'https://us.example', "
                                    + provider + "}}," + Documents.SERVERS + "'tasks': {}}"))
                    .stream()
                    .filter(fault -> fault.severity() == Severity.ERROR)
                    .toList();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "'profile': 'github', 'issuer': 'http://ci.example'",
                    "'profile': 'github', 'issuer': 'ci.example'",
                    "'profile': 'github', 'issuer': 'https://a@ci.example'",
                    "'profile': 'github', 'issuer': 'https://ci.example/#x'",
                    "'profile': 'github', 'issuer': 'https://ci.example', 'max_age': '25h'",
                    "'profile': 'github', 'issuer': 'https://ci.example', 'leeway': '301s'",
                    "'profile': 'github', 'issuer': 'https://ci.example', 'leeway': '6m'",
                    "'profile': 'github', 'issuer': 'https://ci.example', 'leeway': 30",
                    "'profile': 'github', 'issuer': 'https://ci.example', 'algorithms': ['HS256']",
                    "'profile': 'github', 'issuer': 'https://ci.example', 'algorithms': ['none']",
                    "'profile': 'github', 'issuer': 'https://ci.example', 'algorithms': []",
                    "'profile': 'github', 'issuer': 'https://ci.example', 'jwks_uri': 'http://ci.example/keys'",
                    "'profile': 'github', 'issuer': 'https://ci.example', 'jwks': {'keys': []}",
                    "'profile': 'github', 'issuer': 'https://ci.example', 'jwks_file': 'keys.json'",
                    "'profile': 'github', 'issuer': 'https://ci.example', 'jwks': {'keys': [{'kty': 'oct', 'k': 'c2VjcmV0'}]}",
                    "'profile': 'travis', 'issuer': 'https://ci.example'",
                    "'profile': 'github', 'issuer': 'https://ci.example', 'login': {}",
                    "'profile': 'generic', 'issuer': 'https://ci.example', 'login': {'scopes': ['profile']}",
                    "'profile': 'generic', 'issuer': 'https://ci.example', 'login': {'scopes': ['openid', 'a b']}",
                    "'profile': 'generic', 'issuer': 'https://ci.example', 'login': {'scopes': ['openid', 'a\\\"b']}",
                    "'profile': 'generic', 'issuer': 'https://ci.example', 'login': {'scopes': ['openid', 'offline_access']}",
                    "'profile': 'generic', 'issuer': 'https://ci.example', 'login': {'scopes': ['openid', 'openid']}",
                    "'profile': 'generic', 'issuer': 'https://ci.example', 'login': {'scope': ['openid']}",
                    "'profile': 'generic', 'issuer': 'https://ci.example', 'login': true"
                })
        void areRefused(String provider) {
            assertThat(faults(provider)).hasSize(1);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "'profile': 'github', 'issuer': 'http://127.0.0.1:8080'",
                    "'profile': 'github', 'issuer': 'https://ci.example', 'max_age': '24h'",
                    "'profile': 'github', 'issuer': 'https://ci.example', 'leeway': '5m'",
                    "'profile': 'generic', 'issuer': 'https://ci.example', 'login': {}",
                    "'profile': 'generic', 'issuer': 'https://ci.example', 'login': {'scopes': ['openid', 'groups']}",
                    "'profile': 'github', 'issuer': 'https://ci.example', 'algorithms': ['ES256', 'PS256']",
                    "'profile': 'github', 'issuer': 'https://ci.example', 'jwks_uri': 'https://ci.example/keys'"
                })
        void areRead(String provider) {
            assertThat(faults(provider)).isEmpty();
        }

        @Test
        void mayNotShareAnIssuer() {
            var document = Contract.json("{'version': 1, "
                    + Documents.PROVIDERS.replace(
                            "https://ci.acme.example/oidc", "https://token.actions.githubusercontent.com")
                    + Documents.SERVERS + "'tasks': {}}");

            assertThat(Documents.faults(document)).extracting(Fault::path).contains("/providers/jenkins/issuer");
        }

        @Test
        void ofJenkinsHaveAnAudienceWithoutAHash() {
            var document = Contract.json(
                    "{'version': 1, 'providers': {'j': {'profile': 'jenkins', 'issuer': 'https://ci.example',"
                            + "'audience': 'a#b'}}," + Documents.SERVERS + "'tasks': {}}");

            assertThat(Documents.faults(document)).extracting(Fault::path).contains("/providers/j/audience");
        }
    }

    @Nested
    class Servers {
        private List<Fault> faults(String server) {
            return Documents.faults(Contract.json("{'version': 1, " + Documents.PROVIDERS
                            + "'resource_servers': {'s': {" + server + "}}, 'tasks': {}}"))
                    .stream()
                    .filter(fault -> fault.severity() == Severity.ERROR)
                    .toList();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "'audience': 'https://s', 'checks': 'redeem'",
                    "'audience': 'https://s', 'checks': 'introspect', 'client_secret_hashes': []",
                    "'audience': 'https://s', 'checks': 'Status'",
                    "'audience': 'https://s#f', 'checks': 'offline'",
                    "'audience': 's s', 'checks': 'offline'",
                    "'audience': 'https://s', 'checks': 'offline', 'typ': 'jwt'",
                    "'audience': 'https://s', 'checks': 'offline', 'proof': true",
                    "'audience': 'https://s', 'checks': 'offline', 'proof': 'Required'",
                    "'audience': 'https://s', 'checks': 'offline', 'client_secret_hashes': ['abc']"
                })
        void areRefused(String server) {
            assertThat(faults(server)).hasSize(1);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "'audience': 'sts.amazonaws.com', 'checks': 'offline'",
                    "'audience': 'https://s', 'checks': 'status'",
                    "'audience': 'https://s/a?b', 'checks': 'offline', 'typ': 'JWT'",
                    "'audience': 'https://s', 'checks': 'status', 'proof': 'none'",
                    "'audience': 'https://s', 'checks': 'offline', 'proof': 'optional'"
                })
        void areRead(String server) {
            assertThat(faults(server)).isEmpty();
        }

        @Test
        void mayNotShareAnAudience() {
            var document = Contract.json("{'version': 1, " + Documents.PROVIDERS
                    + "'resource_servers': {'a': {'audience': 'x', 'checks': 'offline'},"
                    + "'b': {'audience': 'x', 'checks': 'offline'}}, 'tasks': {}}");

            assertThat(Documents.faults(document)).extracting(Fault::path).contains("/resource_servers/b/audience");
        }
    }

    @Nested
    class Limits {
        private List<Fault> faults(String checks, String limits, String top) {
            return Documents.faults(Contract.json("{'version': 1, " + top + Documents.PROVIDERS
                            + "'resource_servers': {'s': {'audience': 's', 'checks': '" + checks
                            + "', 'client_secret_hashes': ['" + Documents.HASH + "']}}, 'tasks': {'t': {" + limits
                            + "'permissions': [{'resource_server': 's', 'actions': ['a'], 'identifiers': ['x']}],"
                            + "'allow': [{'provider': 'github', 'claims': {'repository_id': '1'}}]}}}"))
                    .stream()
                    .filter(fault -> fault.severity() == Severity.ERROR)
                    .toList();
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = ';',
                value = {
                    "redeem;'max_lifetime': '16m',;",
                    "redeem;'max_lifetime': '31m',;'max_lifetime_ceiling': '30m',",
                    "redeem;'max_lifetime': '1m',;'max_lifetime_ceiling': '2h',",
                    "redeem;'max_uses': 0,;",
                    "redeem;'max_uses': 101,;",
                    "redeem;'max_uses': 'many',;",
                    "redeem;'lease': '60',;",
                    "introspect;'max_uses': 1,;",
                    "offline;'max_uses': 1,;",
                    "offline;'max_uses': 'unlimited',;",
                    "offline;'lease': '60s',;",
                    "offline;'max_lifetime': '6m',;",
                    "status;'max_uses': 1,;",
                    "status;'max_lifetime': '16m',;",
                    "redeem;'max_live': 0,;",
                    "redeem;'max_live': 101,;",
                    "redeem;'max_live': '3',;",
                    "redeem;'max_live_per_run': 1.5,;",
                    "redeem;'max_live_per_run': 'unlimited',;",
                    "redeem;'once_per_run': 1,;",
                    "redeem;'once_per_run': 'true',;",
                    "offline;'max_live': 1,;",
                    "offline;'max_live_per_run': 1,;"
                })
        void areRefused(String checks, String limits, String top) {
            assertThat(faults(checks, limits, top == null ? "" : top)).hasSize(1);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = ';',
                value = {
                    "redeem;'max_lifetime': '15m',;",
                    "redeem;'max_lifetime': '1h',;'max_lifetime_ceiling': '1h',",
                    "redeem;'max_uses': 100,;",
                    "redeem;'max_uses': 'unlimited',;",
                    "introspect;'max_uses': 'unlimited',;",
                    "introspect;'lease': '60s',;",
                    "offline;'max_lifetime': '5m',;",
                    "redeem;'max_live': 100, 'max_live_per_run': 1,;",
                    "offline;'once_per_run': true,;",
                    "status;'lease': '60s',;",
                    "status;'max_uses': 'unlimited',;",
                    "status;'max_live': 3, 'max_lifetime': '15m',;",
                    "introspect;'once_per_run': false,;"
                })
        void areRead(String checks, String limits, String top) {
            assertThat(faults(checks, limits, top == null ? "" : top)).isEmpty();
        }
    }

    /** A run that nobody can name is each ID token's own, so a limit for each run would limit nothing. */
    @ParameterizedTest
    @CsvSource({"max_live, 3, 0", "max_live_per_run, 1, 1", "once_per_run, true, 1"})
    void aLimitForEachRunNeedsCallersWhoseRunsAreKnown(String field, String value, int errors) {
        var faults = Documents.faults(Contract.json("""
                {'version': 1, 'providers': {'ci': {'profile': 'generic', 'issuer': 'https://ci.example', 'audience': 'a'}},
                 'resource_servers': {'s': {'audience': 's', 'checks': 'redeem', 'client_secret_hashes': ['%s']}},
                 'tasks': {'t': {'%s': %s,
                   'permissions': [{'resource_server': 's', 'actions': ['a'], 'identifiers': ['x']}],
                   'allow': [{'provider': 'ci', 'claims': {'sub': 'x'}}]}}}
                """.formatted(Documents.HASH, field, value)));

        assertThat(faults)
                .filteredOn(fault -> fault.code() == FaultCode.BUDGET)
                .hasSize(errors)
                .allSatisfy(fault -> {
                    assertThat(fault.path()).isEqualTo("/tasks/t/" + field);
                    assertThat(fault.message()).contains("ID tokens of ci do not name their run");
                });
    }

    @Nested
    class Rules {
        private List<Fault> faults(String rule) {
            return Documents.faults(Documents.signing("['artifact:x/{sha256}']", "[" + rule + "]"));
        }

        private List<Fault> github(String claims) {
            return faults("{'provider': 'github', 'claims': {" + claims + "}}");
        }

        private List<Fault> errors(List<Fault> faults) {
            return faults.stream()
                    .filter(fault -> fault.severity() == Severity.ERROR)
                    .toList();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "'repository': 'acme/shop'",
                    "'ref': 'refs/heads/main', 'ref_type': 'branch'",
                    "'sub': 'repo:acme/shop:ref:refs/heads/main'",
                    "'repository_id': 2002",
                    "'repository_id': {'contains': '2002'}",
                    "'repository_id': '2002', 'actor_id': '1*'",
                    "'repository_id': '2002', 'ref': 'main'",
                    "'repository_id': '2002', 'ref': ['refs/heads/main', 'release*']",
                    "'repository_id': '2002', 'ref_protected': true",
                    "'repository_id': '2002', 'repository': '*/shop'",
                    "'repository_id': '2002', 'repository': 'ac*/shop'",
                    "'repository_id': '2002', 'repository': '**'",
                    "'repository_owner_id': '1001', 'repository_owner': 'ac*'",
                    "'repository_id': '2002', 'job_workflow_ref': '*/ci/.github/workflows/deploy.yml@refs/tags/v1'",
                    "'repository_id': '2002', 'job_workflow_ref': '**@refs/tags/v1'",
                    "'repository_id': '2002', 'sub': 'repo:acme/shop:*'",
                    "'repository_id': '2002', 'environment': 'a***'",
                    "'repository_id': '2002', 'environment': '${x}'"
                })
        void areRefused(String claims) {
            assertThat(errors(github(claims))).isNotEmpty();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"'repository_id': '20*'", "'repository_id': ['2002', '3*']", "'ref': 'refs/heads/main'"})
        void needAnExactTenant(String claims) {
            assertThat(errors(github(claims))).extracting(Fault::message).anyMatch(text -> text.contains("tenant"));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "'repository_id': '2002', 'repository_owner_id': '1001', 'ref': 'refs/heads/main', 'ref_type': 'branch'",
                    "'repository_id': '2002', 'repository_owner_id': '1001', 'ref': 'refs/tags/v*', 'ref_type': 'tag'",
                    "'repository_id': ['2002', '2003'], 'repository_owner_id': ['1001', '1002'], 'environment': 'production'",
                    "'repository_id': '2002', 'repository_owner_id': '1001', 'sub': 'repo:acme/shop:environment:production'",
                    "'repository_owner_id': '1001', 'job_workflow_ref': 'acme/ci/.github/workflows/deploy.yml@refs/tags/v*'"
                })
        void areReadWithoutAWord(String claims) {
            assertThat(github(claims)).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "'repository_owner_id': '1001', 'repository': 'acme/shop', 'environment': 'production'",
                    "'repository_id': '2002', 'repository_owner_id': '1001', 'ref': 'refs/heads/main'",
                    "'repository_id': '2002', 'repository_owner_id': '1001', 'environment': 'e', 'event_name': ['push', 'pull_request_target']",
                    "'repository_id': '2002', 'repository_owner_id': '1001', 'environment': 'e', 'event_name': 'workflow_run'",
                    "'repository_id': '2002', 'repository_owner_id': '1001', 'environment': 'e', 'event_name': '*'"
                })
        void areReadWithAWarning(String claims) {
            assertThat(github(claims)).hasSize(1).allMatch(fault -> fault.severity() == Severity.WARNING);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "'namespace_path': '*'",
                    "'namespace_path': 'ac*/tools'",
                    "'project_path': '**/shop'",
                    "'ci_config_ref_uri': 'gitlab.example/*/shop//.gitlab-ci.yml@refs/heads/main'",
                    "'ci_config_ref_uri': '**@refs/heads/main'",
                    "'ref': 'main'",
                    "'ref_protected': true"
                })
        void ofGitLabAreRefused(String claim) {
            var document = Contract.json(
                    "{'version': 1, 'providers': {'gitlab': {'profile': 'gitlab', 'issuer': 'https://gitlab.example',"
                            + "'audience': 'us'}}," + Documents.SERVERS
                            + "'tasks': {'t': {'permissions': [{'resource_server': 'signer',"
                            + "'actions': ['a'], 'identifiers': ['x']}], 'allow': [{'provider': 'gitlab', 'claims': {'project_id': '20',"
                            + "'namespace_id': '7', " + claim + "}}]}}}");

            assertThat(errors(Documents.faults(document))).hasSize(1);
        }

        @Test
        void ofJenkinsNeedTheExactJob() {
            assertThat(errors(faults(
                            "{'provider': 'jenkins', 'claims': {'sub': 'https://ci.acme.example/job/shop/**'}}")))
                    .hasSize(1);
            assertThat(errors(faults("{'provider': 'jenkins', 'claims': {'build_number': 1}}")))
                    .hasSize(1);
            assertThat(faults("{'provider': 'jenkins', 'claims': {'sub': 'https://ci.acme.example/job/x/'}}"))
                    .isEmpty();
        }

        @Test
        void thatAreShadowedAreLinted() {
            var wide = "{'provider': 'github', 'claims': {'repository_owner_id': '1001', 'repository_id': '2002',"
                    + " 'environment': ['a', 'b']}}";
            var narrow = wide.replace("['a', 'b']", "'a'");

            assertThat(faults(narrow + "," + wide)).extracting(Fault::path).containsExactly("/tasks/sign/allow/0");
            assertThat(faults(wide + "," + narrow)).extracting(Fault::path).containsExactly("/tasks/sign/allow/1");
            assertThat(faults(wide + "," + wide)).extracting(Fault::path).containsExactly("/tasks/sign/allow/1");
            assertThat(faults(narrow + "," + narrow.replace("2002", "2003"))).isEmpty();
        }
    }

    @Nested
    class Variables {
        private List<Fault> errors(String identifier, String rule) {
            return Documents.faults(Documents.signing("['" + identifier + "']", "[" + rule + "]")).stream()
                    .filter(fault -> fault.severity() == Severity.ERROR)
                    .toList();
        }

        private static final String OWNER = "{'provider': 'github', 'claims': {'repository_owner_id': '1001'}}";
        private static final String REPOSITORY = "{'provider': 'github', 'claims': {'repository_id': '2002'}}";

        @Test
        void needAValueFromEveryRule() {
            assertThat(errors("a/${tier}", REPOSITORY)).extracting(Fault::path).containsExactly("/tasks/sign/allow/0");
            assertThat(errors("a/${ref}", REPOSITORY)).hasSize(1);
            assertThat(errors("a/${tier}", REPOSITORY.replace("}}", "}, 'let': {'tier': 'gold'}}")))
                    .isEmpty();
        }

        @Test
        void thatAreNamesNeedTheirId() {
            assertThat(errors("a/${project}/x", OWNER)).hasSize(1);
            assertThat(errors("a/${repository}/x", OWNER)).hasSize(1);
            assertThat(errors("a/${repository_owner}/x", REPOSITORY)).hasSize(1);
            assertThat(errors("a/${project}/x", REPOSITORY)).isEmpty();
            assertThat(errors("a/${repository_owner}/x", OWNER)).isEmpty();
            assertThat(errors("a/${project}/x", OWNER.replace("}}", "}, 'let': {'project': 'acme/shop'}}")))
                    .isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"a/../b", "a b", "", "/a", "a/", "*", "${x}"})
        void cannotBeGivenAValueThatEscapes(String value) {
            assertThat(errors("a/${x}", REPOSITORY.replace("}}", "}, 'let': {'x': '" + value + "'}}")))
                    .isNotEmpty();
        }

        @Test
        void thatRunOnAreLinted() {
            assertThat(Documents.faults(Documents.signing("['a/${project}*']", "[" + REPOSITORY + "]")))
                    .extracting(Fault::code)
                    .contains(FaultCode.OPEN_VARIABLE);
        }
    }

    @Test
    void lintsWhatNothingUses() {
        var document = Documents.policy("'tasks': {}");

        assertThat(Documents.faults(document))
                .extracting(Fault::path)
                .containsExactlyInAnyOrder("/tasks", "/callers/release-pipelines", "/resource_servers/signer");
    }
}
