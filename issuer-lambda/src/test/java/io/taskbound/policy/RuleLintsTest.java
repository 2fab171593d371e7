// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.json.JsonObject;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code policy check} says of a rule: each mistake once, under its code, with what to write. */
class RuleLintsTest {
    private static final String SHOP = "'repository_id': '2002', 'repository_owner_id': '1001'";
    private static final String GITLAB = "'project_id': '20', 'namespace_id': '7'";
    private static final String CIRCLE = "'oidc.circleci.com/project-id': '8f2c6b1e-6f6e-4b0c-9b3a-6f1d0a4f2b03'";
    private static final String BUILDKITE = "'organization_slug': 'acme-inc', 'pipeline_slug': 'shop', "
            + "'organization_id': '0184990a-4776-4de8-9c39-3f5d9bb0a001', 'pipeline_id': '0184990a-477a-4fa8-9968-496074480b02'";
    private static final String POD = "'sub': 'system:serviceaccount:ci:release'";

    /** The profile, the claims, and the codes of all that is found. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            # rules that name only the tenant
            github     | 'repository_owner_id': '1001'                                          | tenant-only
            github     | 'repository_owner_id': '1001', 'ref': 'refs/heads/main', 'ref_type': 'branch' | tenant-only
            github     | 'repository_owner_id': '1001', 'environment': 'production'             | tenant-only
            github     | 'repository_owner_id': '1001', 'repository_visibility': 'private'      | tenant-only
            github     | 'repository_owner_id': '1001', 'repository_owner': 'acme'              | tenant-only
            github     | 'repository_owner_id': '1001', 'job_workflow_ref': 'acme/ci/.github/workflows/d.yml@refs/tags/v1' | none
            github     | SHOP                                                                   | any-ref
            github     | SHOP, 'actor': 'octocat'                                               | any-ref
            github     | SHOP, 'ref': 'refs/heads/*', 'ref_type': 'branch'                      | any-ref
            github     | SHOP, 'ref': 'refs/heads/**', 'ref_type': 'branch'                     | any-ref
            github     | SHOP, 'ref_protected': 'false'                                         | any-ref
            github     | SHOP, 'ref_protected': 'true'                                          | none
            github     | SHOP, 'environment': '*'                                               | any-ref
            github     | SHOP, 'environment': 'production'                                      | none
            github     | SHOP, 'ref': 'refs/heads/release-*', 'ref_type': 'branch'              | none
            gitlab     | 'namespace_id': '7'                                                    | tenant-only
            gitlab     | 'namespace_id': '7', 'ref': 'main', 'ref_type': 'branch'               | tenant-only
            gitlab     | GITLAB                                                                 | any-ref
            gitlab     | GITLAB, 'environment': 'production'                                    | unprotected-environment
            gitlab     | GITLAB, 'deployment_tier': 'production'                                | unprotected-environment
            gitlab     | GITLAB, 'environment': 'production', 'environment_protected': 'false'  | unprotected-environment
            gitlab     | GITLAB, 'environment': 'production', 'environment_protected': 'true'   | none
            gitlab     | GITLAB, 'environment': 'production', 'ref': 'main', 'ref_type': 'branch' | none
            gitlab     | GITLAB, 'ref_protected': 'true'                                        | none
            circleci   | CIRCLE                                                                 | any-ref
            circleci   | CIRCLE, 'oidc.circleci.com/vcs-origin': 'github.com/acme/shop'         | any-ref
            circleci   | CIRCLE, 'oidc.circleci.com/vcs-ref': 'refs/heads/main'                 | fork-builds
            circleci   | CIRCLE, 'oidc.circleci.com/vcs-ref': 'refs/heads/main', 'oidc.circleci.com/vcs-origin': 'github.com/acme/shop' | none
            buildkite  | 'organization_id': '0184990a-4776-4de8-9c39-3f5d9bb0a001'              | tenant-only
            buildkite  | 'organization_slug': 'acme-inc'                                        | "tenant-only,name-without-id"
            buildkite  | 'organization_slug': 'acme-inc', 'pipeline_slug': 'shop', 'build_branch': 'main' | name-without-id
            buildkite  | 'pipeline_id': '0184990a-477a-4fa8-9968-496074480b02'                  | any-ref
            buildkite  | 'pipeline_id': '0184990a-477a-4fa8-9968-496074480b02', 'build_branch': 'main' | none
            buildkite  | 'pipeline_id': '0184990a-477a-4fa8-9968-496074480b02', 'build_branch': ['main', 'mallory:main'] | fork-builds
            buildkite  | 'pipeline_id': '0184990a-477a-4fa8-9968-496074480b02', 'build_branch': 'release/*' | none
            buildkite  | 'pipeline_id': '0184990a-477a-4fa8-9968-496074480b02', 'build_branch': '**/main', 'build_commit': 'x' | none
            buildkite  | 'pipeline_id': '0184990a-477a-4fa8-9968-496074480b02', 'build_branch': '**main' | fork-builds
            kubernetes | POD                                                                    | none
            kubernetes | 'sub': 'system:serviceaccount:ci:default'                              | default-service-account
            jenkins    | 'sub': 'https://ci.acme.example/job/shop/job/main/'                    | none
            jenkins    | 'sub': 'https://ci.acme.example/job/shop/job/PR-12/'                   | none
            generic    | 'sub': 'anything', 'anything': 7                                       | none
            # who can start a run
            gitlab     | GITLAB, 'ref_protected': 'true', 'pipeline_source': 'merge_request_event'          | stranger-event
            gitlab     | GITLAB, 'ref_protected': 'true', 'pipeline_source': ['push', 'external_pull_request_event'] | stranger-event
            gitlab     | GITLAB, 'ref_protected': 'true', 'pipeline_source': 'parent_pipeline'              | stranger-event
            gitlab     | GITLAB, 'ref_protected': 'true', 'pipeline_source': '*'                            | stranger-event
            gitlab     | GITLAB, 'ref_protected': 'true', 'pipeline_source': 'push'                         | none
            # types
            github     | SHOP, 'environment': 2024                                              | claim-type
            github     | SHOP, 'environment': true                                              | claim-type
            github     | SHOP, 'environment': ['production', 2024]                              | claim-type
            github     | SHOP, 'environment': {'contains': 'production'}                        | claim-type
            github     | SHOP, 'ref_protected': true                                            | claim-type
            github     | SHOP, 'environment': 'e', 'run_attempt': 1                             | claim-type
            github     | 'repository_id': 2002, 'environment': 'e'                              | claim-type
            github     | 'repository_id': {'contains': '2002'}, 'environment': 'e'              | claim-type
            gitlab     | GITLAB, 'ref': 1.1, 'ref_type': 'tag'                                  | claim-type
            gitlab     | GITLAB, 'ref_protected': true                                          | claim-type
            gitlab     | GITLAB, 'ref_protected': 'true', 'runner_id': '7'                      | claim-type
            gitlab     | GITLAB, 'ref_protected': 'true', 'runner_id': 7                        | none
            gitlab     | GITLAB, 'ref_protected': 'true', 'groups_direct': 'acme'               | claim-type
            gitlab     | GITLAB, 'ref_protected': 'true', 'groups_direct': {'contains': 'acme'} | none
            buildkite  | BUILDKITE, 'build_branch': 'main', 'build_number': '7'                 | claim-type
            buildkite  | BUILDKITE, 'build_branch': 'main', 'build_number': '*'                 | claim-type
            buildkite  | BUILDKITE, 'build_branch': 2024                                        | claim-type
            circleci   | CIRCLE, 'oidc.circleci.com/vcs-ref': 'refs/heads/main', 'oidc.circleci.com/vcs-origin': 'g/a/s', 'oidc.circleci.com/ssh-rerun': 'false' | claim-type
            circleci   | CIRCLE, 'oidc.circleci.com/vcs-ref': 'refs/heads/main', 'oidc.circleci.com/vcs-origin': 'g/a/s', 'oidc.circleci.com/context-ids': 'x' | claim-type
            jenkins    | 'sub': 'https://ci.acme.example/job/x/', 'build_number': '7'           | claim-type
            kubernetes | 'sub': 7                                                               | claim-type
            kubernetes | POD, 'kubernetes.io': 'x'                                              | claim-type
            generic    | 'sub': 7                                                               | claim-type
            # rules that never match
            github     | SHOP, 'ref': 'main', 'ref_type': 'branch'                              | never-matches
            github     | SHOP, 'ref': ['refs/heads/main', 'main'], 'ref_type': 'branch'         | never-matches
            github     | SHOP, 'ref': 'heads/*', 'ref_type': 'branch'                           | never-matches
            github     | SHOP, 'ref': 'main'                                                    | short-ref
            github     | SHOP, 'ref': 'refs/heads/main', 'ref_type': 'tag'                      | never-matches
            github     | SHOP, 'ref': 'refs/heads/v*', 'ref_type': 'tag'                        | never-matches
            github     | SHOP, 'ref': 'refs/tags/v1', 'ref_type': 'branch'                      | never-matches
            github     | SHOP, 'ref': ['refs/tags/v1', 'refs/heads/x'], 'ref_type': 'branch'    | none
            github     | SHOP, 'ref': 'refs/heads/main', 'ref_type': 'branches'                 | never-matches
            github     | SHOP, 'ref': 'refs/heads/main', 'ref_type': 'Branch'                   | never-matches
            github     | SHOP, 'environment': 'e', 'event_name': 'pull-request'                 | never-matches
            github     | SHOP, 'environment': 'e', 'event_name': 'manual'                       | never-matches
            github     | SHOP, 'environment': 'e', 'runner_environment': 'github'               | never-matches
            github     | SHOP, 'environment': 'e', 'repository': 'shop'                         | never-matches
            github     | SHOP, 'environment': 'e', 'repository': 'https://github.com/acme/shop' | never-matches
            github     | SHOP, 'environment': 'e', 'repository': 'acme/shop', 'repository_owner': 'other' | never-matches
            github     | 'repository_id': 'acme/shop', 'repository_owner_id': '1001', 'environment': 'e' | never-matches
            github     | SHOP, 'environment': 'e', 'repository_owner': 'acme/shop'              | never-matches
            github     | SHOP, 'environment': 'e', 'ref_protected': 'yes'                       | never-matches
            github     | SHOP, 'sha': '3F786850E387550FDAB836ED7E6DC881DE23001B'                | never-matches
            github     | SHOP, 'sha': '3f78685'                                                 | never-matches
            github     | SHOP, 'job_workflow_ref': 'deploy.yml'                                 | never-matches
            github     | SHOP, 'ref': 'refs/pull/*/merge', 'ref_type': 'branch'                 | never-matches
            github     | SHOP, 'ref': 'refs/pull/*/merge', 'ref_type': 'branch', 'event_name': 'pull_request' | none
            github     | SHOP, 'ref': 'refs/heads/main', 'ref_type': 'branch', 'event_name': 'pull_request' | never-matches
            github     | SHOP, 'ref': 'refs/heads/main', 'ref_type': 'branch', 'event_name': 'release' | never-matches
            github     | SHOP, 'environment': 'staging', 'sub': 'repo:acme/shop:environment:production' | never-matches
            github     | SHOP, 'environment': 'e', 'sub': 'repo:acme/shop:ref:refs/heads/main'  | never-matches
            github     | SHOP, 'repository': 'acme/shop', 'sub': 'repo:acme/other:ref:refs/heads/main'  | never-matches
            github     | SHOP, 'sub': 'repo:acme@1001/shop@2003:ref:refs/heads/main'            | never-matches
            github     | SHOP, 'sub': 'repo:acme@1001/shop@2002:ref:refs/heads/main'            | none
            github     | SHOP, 'sub': 'repo:acme/shop:pull_request'                             | never-matches
            github     | SHOP, 'sub': 'repo:acme/shop:pull_request', 'event_name': 'pull_request' | none
            github     | SHOP, 'sub': 'repo:acme/shop:ref:refs/heads/main', 'ref': 'refs/heads/main', 'ref_type': 'branch' | none
            gitlab     | GITLAB, 'ref': 'refs/heads/main', 'ref_type': 'branch'                 | never-matches
            gitlab     | GITLAB, 'ref': 'refs/heads/*', 'ref_type': 'branch'                    | "any-ref,never-matches"
            gitlab     | GITLAB, 'ref_path': 'main'                                             | never-matches
            gitlab     | GITLAB, 'ref_path': 'refs/heads/main', 'ref_type': 'tag'               | never-matches
            gitlab     | GITLAB, 'ref_path': 'refs/heads/main', 'ref': 'next', 'ref_type': 'branch' | never-matches
            gitlab     | GITLAB, 'ref_protected': 'true', 'project_path': 'my-project'          | never-matches
            gitlab     | GITLAB, 'ref_protected': 'true', 'project_path': 'a/b/c', 'namespace_path': 'a' | never-matches
            gitlab     | GITLAB, 'ref_protected': 'true', 'pipeline_source': 'merge_request'    | never-matches
            gitlab     | GITLAB, 'ref_protected': 'true', 'deployment_tier': 'prod'             | never-matches
            gitlab     | GITLAB, 'sub': 'project_path:a/b:ref_type:tag:ref:v1', 'ref_type': 'branch' | never-matches
            buildkite  | BUILDKITE, 'build_branch': 'refs/heads/main'                           | never-matches
            buildkite  | BUILDKITE, 'build_branch': 'main', 'build_source': 'push'              | never-matches
            buildkite  | 'organization_slug': 'Acme-Inc', 'organization_id': '0184990a-4776-4de8-9c39-3f5d9bb0a001', 'pipeline_id': '0184990a-477a-4fa8-9968-496074480b02', 'build_branch': 'main' | never-matches
            buildkite  | BUILDKITE, 'build_branch': 'main', 'sub': 'organization:acme-inc:pipeline:shop:ref:refs/heads/next:commit:1:step:a' | never-matches
            circleci   | CIRCLE, 'oidc.circleci.com/vcs-ref': 'main', 'oidc.circleci.com/vcs-origin': 'github.com/acme/shop' | never-matches
            circleci   | CIRCLE, 'oidc.circleci.com/vcs-ref': 'refs/heads/main', 'oidc.circleci.com/vcs-origin': 'https://github.com/acme/shop' | never-matches
            circleci   | CIRCLE, 'oidc.circleci.com/vcs-ref': 'refs/heads/main', 'oidc.circleci.com/vcs-origin': 'g/a/s', 'oidc.circleci.com/ssh-rerun': true | never-matches
            circleci   | 'oidc.circleci.com/project-id': 'shop', 'oidc.circleci.com/vcs-ref': 'refs/heads/main', 'oidc.circleci.com/vcs-origin': 'g/a/s' | never-matches
            kubernetes | 'sub': 'ci:release'                                                    | never-matches
            kubernetes | 'sub': 'system:serviceaccount:release'                                 | never-matches
            jenkins    | 'sub': 'https://ci.acme.example/job/shop'                              | never-matches
            jenkins    | 'sub': 'shop/main'                                                     | never-matches
            # misspelt claims
            github     | SHOP, 'enviroment': 'production', 'ref': 'refs/heads/main', 'ref_type': 'branch' | unknown-claim
            github     | SHOP, 'environment': 'e', 'repo_property_team': 'payments'             | none
            github     | SHOP, 'environment': 'e', 'branch': 'main'                             | unknown-claim
            github     | SHOP, 'enviroment': 'production'                                       | unknown-claim
            github     | 'repository_owner_id': '1001', 'repositry': 'acme/shop'                | unknown-claim
            gitlab     | GITLAB, 'ref_protected': 'true', 'pipeline_sorce': 'push'              | unknown-claim
            circleci   | CIRCLE, 'vcs-ref': 'refs/heads/main'                                   | unknown-claim
            kubernetes | POD, 'namespace': 'ci'                                                 | unknown-claim
            jenkins    | 'sub': 'https://ci.acme.example/job/x/', 'enviroment': 'x'             | none
            # names and owners that change
            github     | 'repository_id': '2002', 'environment': 'e'                            | transfer
            github     | 'repository_owner_id': '1001', 'repository': 'acme/shop', 'environment': 'e' | name-without-id
            gitlab     | 'project_id': '20', 'ref_protected': 'true'                            | transfer
            github     | SHOP, 'environment': 'Production'                                      | name-case
            github     | SHOP, 'environment': ['Production', 'production']                      | none
            github     | SHOP, 'environment': 'e', 'repository': 'Acme/shop'                    | name-case
            gitlab     | GITLAB, 'ref_protected': 'true', 'environment': 'Production'           | none
            """)
    void namesEachMistakeOnce(String profile, String claims, String codes) {
        var found = faults(profile, claims);

        assertThat(found)
                .as(claims)
                .extracting(fault -> fault.code().wire())
                .containsExactlyInAnyOrderElementsOf(codes.equals("none") ? List.of() : List.of(codes.split(",")));
        assertThat(found).allSatisfy(fault -> assertThat(fault.remedy()).isNotBlank());
    }

    /** The profile, the claims, and a part of what is said to write instead. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            github     | SHOP, 'environment': 2024                                 | write it in quotes: "2024"
            gitlab     | GITLAB, 'ref': 1.1, 'ref_type': 'tag'                     | 1.10
            github     | SHOP, 'ref_protected': true                               | write it in quotes: "true"
            buildkite  | BUILDKITE, 'build_branch': 'main', 'build_number': '7'    | without quotes
            github     | SHOP, 'ref': 'main', 'ref_type': 'branch'                 | refs/heads/main
            github     | SHOP, 'ref': 'refs/heads/main', 'ref_type': 'tag'         | ref_type: branch
            gitlab     | GITLAB, 'ref': 'refs/heads/main', 'ref_type': 'branch'    | write main
            github     | SHOP, 'enviroment': 'e', 'ref_protected': 'true'          | did you mean environment?
            github     | SHOP, 'environment': 'e', 'event_name': 'pull-request'    | did you mean pull_request?
            github     | SHOP, 'ref': 'refs/heads/a', 'ref_type': 'branches'       | did you mean branch?
            github     | SHOP, 'environment': 'e', 'runner_environment': 'github'  | did you mean github-hosted?
            github     | SHOP, 'environment': 'e', 'repository': 'shop'            | acme/shop
            gitlab     | GITLAB, 'ref_protected': 'true', 'deployment_tier': 'prod' | did you mean production?
            jenkins    | 'sub': 'https://ci.acme.example/job/shop'                 | https://ci.acme.example/job/shop/
            buildkite  | 'organization_slug': 'Acme', 'organization_id': '0184990a-4776-4de8-9c39-3f5d9bb0a001', 'pipeline_id': '0184990a-477a-4fa8-9968-496074480b02', 'build_branch': 'main' | acme
            github     | 'repository_id': '2002', 'environment': 'e'               | add repository_owner_id
            github     | SHOP, 'ref': 'refs/pull/*/merge', 'ref_type': 'branch'    | event_name: pull_request
            """)
    void saysWhatToWrite(String profile, String claims, String remedy) {
        assertThat(faults(profile, claims))
                .singleElement()
                .satisfies(fault -> assertThat(fault.remedy()).contains(remedy));
    }

    @Test
    void looksAtNestedClaims() {
        assertThat(kubernetes("{'path': ['kubernetes.io', 'namespace'], 'value': 'ci'}"))
                .isEmpty();
        assertThat(kubernetes("{'path': ['kubernetes.io', 'namespace'], 'value': 'shop'}"))
                .extracting(Fault::code)
                .containsExactly(FaultCode.NEVER_MATCHES);
        assertThat(kubernetes("{'path': ['kubernetes.io', 'namespace'], 'value': 7}"))
                .extracting(Fault::code)
                .containsExactly(FaultCode.CLAIM_TYPE);
        assertThat(kubernetes("{'path': ['kubernetes.io', 'namespce'], 'value': 'ci'}"))
                .extracting(Fault::remedy)
                .containsExactly("did you mean namespace?");
        assertThat(kubernetes("{'path': ['kubernetes.io', 'serviceaccount', 'name'], 'value': 'other'}"))
                .extracting(Fault::code)
                .containsExactly(FaultCode.NEVER_MATCHES);
        assertThat(kubernetes("{'path': ['kubernetes.io', 'warnafter'], 'value': '7'}"))
                .extracting(Fault::code)
                .containsExactly(FaultCode.CLAIM_TYPE);
    }

    private static List<Fault> kubernetes(String nested) {
        return Documents.faults(document("kubernetes", POD, ", 'nested': [" + nested + "]", ""));
    }

    /** A name in a target follows a rename, unless the rule says which name it must be. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            github | SHOP, 'environment': 'e'                                | a:${project}/x           | rename
            github | SHOP, 'environment': 'e'                                | a:${repository}/x        | rename
            github | SHOP, 'environment': 'e'                                | a:${repository_id}/x     | none
            github | SHOP, 'environment': 'e', 'repository': 'acme/shop'     | a:${project}/x           | none
            github | SHOP, 'environment': 'e', 'repository': 'acme/*'        | a:${project}/x           | rename
            github | SHOP, 'environment': 'e'                                | a:${repository_owner}/x  | rename
            gitlab | GITLAB, 'ref_protected': 'true'                         | a:${project}/x           | rename
            gitlab | GITLAB, 'ref_protected': 'true', 'project_path': 'a/b'  | a:${project}/x           | none
            gitlab | GITLAB, 'ref_protected': 'true'                         | a:${namespace_path}/x    | rename
            buildkite | 'pipeline_id': '0184990a-477a-4fa8-9968-496074480b02', 'build_branch': 'main' | a:${pipeline_slug}/x | rename
            jenkins | 'sub': 'https://ci.acme.example/job/x/'                | a:${project}/x           | none
            """)
    void wantsTheNameBoundThatATargetHolds(String profile, String claims, String target, String codes) {
        var found = Documents.faults(withTarget(profile, claims, target, ""));

        assertThat(found)
                .extracting(fault -> fault.code().wire())
                .containsExactlyElementsOf(
                        Stream.of(codes).filter(code -> !code.equals("none")).toList());
        assertThat(Documents.faults(withTarget(
                        profile,
                        claims,
                        target,
                        ", 'let': {'project': 'a/b', 'repository':"
                                + " 'a/b', 'repository_owner': 'a', 'repository_id': '1', 'namespace_path': 'a',"
                                + " 'pipeline_slug': 'a'}")))
                .isEmpty();
    }

    private static List<Fault> faults(String profile, String claims) {
        return Documents.faults(document(profile, claims, "", ""));
    }

    private static JsonObject withTarget(String profile, String claims, String target, String more) {
        return Contract.json(text(profile, claims, more, "").replace("artifact:x", target));
    }

    private static JsonObject document(String profile, String claims, String more, String task) {
        return Contract.json(text(profile, claims, more, task));
    }

    private static String text(String profile, String claims, String more, String task) {
        var all = claims.replace("SHOP", SHOP)
                .replace("GITLAB", GITLAB)
                .replace("CIRCLE", CIRCLE)
                .replace("BUILDKITE", BUILDKITE)
                .replace("POD", POD);
        return "{'version': 1, 'providers': {'p': {'profile': '" + profile
                + "', 'issuer': 'https://ci.example', 'audience': 'https://tokens.acme.example'}}," + Documents.SERVERS
                + "'tasks': {'t': {" + task
                + "'permissions': [{'resource_server': 'signer', 'actions': ['a'], 'identifiers': ['artifact:x']}],"
                + "'allow': [{'provider': 'p', 'claims': {" + all + "}" + more + "}]}}}";
    }
}
