// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The natural rule for a branch does not let in what somebody proposes to merge into it. */
class ForkBuildsTest {
    private static final JsonObject GITLAB = Contract.json("""
            {'iss': 'https://gitlab.acme.example', 'sub': 'project_path:acme/shop:ref_type:branch:ref:main',
             'project_id': '20', 'project_path': 'acme/shop', 'namespace_id': '7', 'ref': 'main', 'ref_type': 'branch',
             'pipeline_source': 'push'}
            """);
    private static final JsonObject CIRCLECI = Contract.json("""
            {'iss': 'https://oidc.circleci.com/org/5d7e', 'sub': 'org/5d7e/project/8f2c/user/0c1d',
             'oidc.circleci.com/project-id': '8f2c6b1e-6f6e-4b0c-9b3a-6f1d0a4f2b03',
             'oidc.circleci.com/vcs-origin': 'github.com/acme/shop', 'oidc.circleci.com/vcs-ref': 'refs/heads/main'}
            """);
    private static final JsonObject BUILDKITE = Contract.json("""
            {'iss': 'https://agent.buildkite.com', 'sub': 'organization:acme-inc:pipeline:shop:ref:refs/heads/main',
             'pipeline_id': '0184990a-477a-4fa8-9968-496074480b02', 'build_branch': 'main', 'build_number': 7}
            """);

    private static boolean admits(String profile, String claims, JsonObject caller) {
        var policy = Documents.compiled(Contract.json("{'version': 1, 'providers': {'p': {'profile': '" + profile
                + "', 'issuer': '" + caller.string("iss").orElseThrow() + "', 'audience': 'us'}}," + Documents.SERVERS
                + "'tasks': {'t': {'permissions': [{'resource_server': 'signer', 'actions': ['a'],"
                + "'identifiers': ['x']}], 'allow': [{'provider': 'p', 'claims': " + claims + "}]}}}"));
        return policy.decide(
                        Documents.caller("p", profile, caller),
                        Documents.request("t", Documents.permission("x", "a")),
                        Instant.EPOCH)
                instanceof Decision.Granted;
    }

    @ParameterizedTest
    @ValueSource(strings = {"push", "web", "schedule", "api", "trigger", "pipeline"})
    void ofGitLabIsOneOfTheProjectsOwnPeople(String source) {
        assertThat(admits("gitlab", natural(), gitlab(source))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"merge_request_event", "external_pull_request_event", "parent_pipeline", "external", "chat", ""})
    void ofGitLabIsNotAMergeRequest(String source) {
        assertThat(admits("gitlab", natural(), gitlab(source))).isFalse();
        assertThat(admits("gitlab", natural(), Documents.without(GITLAB, "pipeline_source")))
                .isFalse();
    }

    @Test
    void ofGitLabIsAMergeRequestWhereTheRuleNamesIt() {
        var named = natural().replace("}", ", 'pipeline_source': ['push', 'merge_request_event']}");
        assertThat(admits("gitlab", named, gitlab("merge_request_event"))).isTrue();
        assertThat(admits("gitlab", named, gitlab("web"))).isFalse();
    }

    private static String natural() {
        return "{'project_id': '20', 'namespace_id': '7', 'ref': 'main', 'ref_type': 'branch'}";
    }

    private static JsonObject gitlab(String source) {
        return Documents.with(GITLAB, "pipeline_source", new JsonString(source));
    }

    @Test
    void ofCircleCiIsNotAForkWhereTheOriginIsBound() {
        var rule = "{'oidc.circleci.com/project-id': '8f2c6b1e-6f6e-4b0c-9b3a-6f1d0a4f2b03',"
                + "'oidc.circleci.com/vcs-origin': 'github.com/acme/shop', 'oidc.circleci.com/vcs-ref': 'refs/heads/main'}";
        var fork = Documents.with(CIRCLECI, "oidc.circleci.com/vcs-origin", new JsonString("github.com/mallory/shop"));

        assertThat(admits("circleci", rule, CIRCLECI)).isTrue();
        assertThat(admits("circleci", rule, fork)).isFalse();
    }

    @Test
    void ofBuildkiteIsNotAForkWhateverItsBranchIsCalled() {
        var rule = "{'pipeline_id': '0184990a-477a-4fa8-9968-496074480b02', 'build_branch': '*'}";
        var fork = Documents.with(BUILDKITE, "build_branch", new JsonString("mallory:main"));

        assertThat(admits("buildkite", rule, BUILDKITE)).isTrue();
        assertThat(admits("buildkite", rule, fork)).isFalse();
    }
}
