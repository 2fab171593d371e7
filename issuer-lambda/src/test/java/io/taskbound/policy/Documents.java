// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.identity.Caller;
import io.taskbound.identity.Profiles;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonValue;
import io.taskbound.task.Identifier;
import io.taskbound.task.ProviderName;
import io.taskbound.task.RequestedPermission;
import io.taskbound.task.TaskName;
import io.taskbound.task.TaskRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Policies, callers and requests that tests begin with and then change. */
final class Documents {
    static final String HASH = "5e88".repeat(16);
    static final String SHA256 = "9f2c".repeat(16);

    static final String PROVIDERS = """
            'providers': {
              'github': {'profile': 'github', 'issuer': 'https://token.actions.githubusercontent.com',
                         'audience': 'https://tokens.acme.example'},
              'jenkins': {'profile': 'jenkins', 'issuer': 'https://ci.acme.example/oidc',
                          'audience': 'https://tokens.acme.example'}},
            """;
    static final String SERVERS = """
            'resource_servers': {
              'signer': {'audience': 'https://signer.acme.example', 'checks': 'redeem',
                         'client_secret_hashes': ['%s']}},
            """.formatted(HASH);
    static final String CALLERS = """
            'callers': {'release-pipelines': [
              {'provider': 'github',
               'claims': {'repository_id': '2002', 'repository_owner_id': '1001', 'ref': 'refs/heads/main',
                          'ref_type': 'branch', 'environment': 'production'}},
              {'provider': 'jenkins', 'claims': {'sub': 'https://ci.acme.example/job/shop/job/release/job/main/'},
               'let': {'project': 'acme/shop'}}]},
            """;
    static final String TASKS = """
            'tasks': {'sign-release': {
              'description': 'Sign one release artifact',
              'permissions': [{'resource_server': 'signer', 'actions': ['sign'],
                               'identifiers': ['artifact:${project}/**@sha256:{sha256}']}],
              'max_lifetime': '10m', 'max_uses': 1, 'lease': '60s', 'allow': ['release-pipelines']}}
            """;

    private Documents() {}

    /** A policy for signing a release. */
    static JsonObject release() {
        return policy(TASKS);
    }

    static JsonObject policy(String tasks) {
        return Contract.json("{'version': 1," + PROVIDERS + SERVERS + CALLERS + tasks + "}");
    }

    /** One task over the signer with these rules: {@code identifiers} and {@code allow} as JSON lists. */
    static JsonObject signing(String identifiers, String allow) {
        return Contract.json("{'version': 1," + PROVIDERS + SERVERS
                + "'tasks': {'sign': {'permissions': [{'resource_server': 'signer', 'actions': ['sign'],"
                + "'identifiers': " + identifiers + "}], 'allow': " + allow + "}}}");
    }

    static Policy compiled(JsonObject document) {
        return Policy.compile(document, 1)
                .orElseThrow(faulty -> new AssertionError(faulty.faults().toString()));
    }

    static List<Fault> faults(JsonObject document) {
        return Policy.compile(document, 1).match(Policy.Ok::warnings, Policy.Faulty::faults);
    }

    static JsonObject githubClaims() {
        return Contract.json("""
                {'iss': 'https://token.actions.githubusercontent.com', 'sub': 'repo:acme/shop:environment:production',
                 'aud': 'https://tokens.acme.example', 'repository': 'acme/shop', 'repository_id': '2002',
                 'repository_owner': 'acme', 'repository_owner_id': '1001', 'ref': 'refs/heads/main',
                 'ref_type': 'branch', 'environment': 'production', 'event_name': 'push', 'run_id': '7001',
                 'run_attempt': '1', 'actor': 'octocat', 'sha': '%s'}
                """.formatted("ab12".repeat(10)));
    }

    static JsonObject jenkinsClaims() {
        return Contract.json("""
                {'iss': 'https://ci.acme.example/oidc', 'aud': ['https://tokens.acme.example'],
                 'sub': 'https://ci.acme.example/job/shop/job/release/job/main/', 'build_number': 42}
                """);
    }

    static JsonObject with(JsonObject object, String name, JsonValue value) {
        var members = new LinkedHashMap<>(object.members());
        members.put(name, value);
        return new JsonObject(members);
    }

    static JsonObject without(JsonObject object, String name) {
        var members = new LinkedHashMap<>(object.members());
        members.remove(name);
        return new JsonObject(members);
    }

    static Caller github(JsonObject claims) {
        return caller("github", "github", claims);
    }

    static Caller jenkins(JsonObject claims) {
        return caller("jenkins", "jenkins", claims);
    }

    static Caller caller(String provider, String profile, JsonObject claims) {
        return Profiles.named(profile)
                .orElseThrow()
                .describe(new ProviderName(provider), claims.string("iss").orElse("https://x"), claims, "digest");
    }

    static String artifact(String project) {
        return "artifact:" + project + "/app.jar@sha256:" + SHA256;
    }

    static RequestedPermission permission(String identifier, String... actions) {
        return new RequestedPermission(new TreeSet<>(List.of(actions)), Optional.empty(), new Identifier(identifier));
    }

    static TaskRequest request(String task, RequestedPermission... permissions) {
        return new TaskRequest(
                new TaskName(task), List.of(permissions), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
