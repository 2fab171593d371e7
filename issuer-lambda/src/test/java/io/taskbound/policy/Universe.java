// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.identity.Caller;
import io.taskbound.identity.Profiles;
import io.taskbound.json.JsonObject;
import io.taskbound.task.Identifier;
import io.taskbound.task.ProviderName;
import io.taskbound.task.RequestedPermission;
import io.taskbound.task.TaskName;
import io.taskbound.task.TaskRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** All callers that the words of {@link RandomPolicies} can make of a few claims, and all requests for one target. */
final class Universe {
    private static final String ABSENT = "null";
    private static final Map<String, List<String>> OF_GITHUB = new LinkedHashMap<>();
    private static final Map<String, List<String>> OF_JENKINS = new LinkedHashMap<>();
    private static final List<String> TARGETS = List.of(
            "art:acme/shop/app",
            "art:acme/shop/a/b",
            "art:acme/shop-x/app",
            "art:mallory/shop/app",
            "art:gold/app",
            "art:2/app",
            "art:x",
            "art:acme/shop/app@" + "0f".repeat(32));

    static {
        OF_GITHUB.put("sub", List.of("'repo:x'"));
        OF_GITHUB.put("repository_id", List.of(ABSENT, "'1'", "'2'"));
        OF_GITHUB.put("repository", List.of(ABSENT, "'acme/shop'", "'mallory/shop'", "'acme'", "'acme/..'"));
        OF_GITHUB.put("ref", List.of("'refs/heads/main'", "'refs/heads/a/b'", "'refs/tags/v1'"));
        OF_GITHUB.put("ref_type", List.of("'branch'", "'tag'"));
        OF_GITHUB.put("event_name", List.of("'push'", "'x'"));
        OF_GITHUB.put("word", List.of(ABSENT, "'ab'", "['a']"));
        OF_JENKINS.put("sub", List.of("'https://ci/job/a/'", "'https://ci/job/b/'", "'https://ci/job/c/'"));
        OF_JENKINS.put("word", List.of(ABSENT, "'a'", "'b/c'", "['a']", "true", "1"));
        OF_JENKINS.put("deep", List.of(ABSENT, "{'word': 'a'}", "{'word': ['a', 'push']}"));
    }

    private Universe() {}

    static List<String> targets() {
        return TARGETS;
    }

    /** Claims of GitHub or Jenkins, each combination once. */
    static List<JsonObject> claims(String provider) {
        var all = List.of(JsonObject.EMPTY);
        for (var claim : (provider.equals("github") ? OF_GITHUB : OF_JENKINS).entrySet()) {
            var more = new ArrayList<JsonObject>();
            for (var one : all) {
                for (var value : claim.getValue()) {
                    more.add(
                            value.equals(ABSENT)
                                    ? one
                                    : Documents.with(
                                            one,
                                            claim.getKey(),
                                            Contract.json("{'v': " + value + "}")
                                                    .get("v")
                                                    .orElseThrow()));
                }
            }
            all = more;
        }
        return all;
    }

    static Caller caller(String provider, JsonObject claims) {
        var issuer = provider.equals("github") ? "https://gh" : "https://ci/oidc";
        return Profiles.named(provider).orElseThrow().describe(new ProviderName(provider), issuer, claims, "digest");
    }

    /** For one action on one target at one server. */
    static TaskRequest request(TaskName task, String action, String target, ResourceServer server) {
        var wanted = new RequestedPermission(new TreeSet<>(Set.of(action)), Optional.empty(), new Identifier(target));
        return new TaskRequest(
                task, List.of(wanted), Optional.of(server.audience()), Optional.empty(), Optional.empty());
    }

    /** Whether a caller with these claims may have those too. */
    static boolean isExtension(JsonObject claims, JsonObject of) {
        return of.members().entrySet().stream()
                .allMatch(given -> given.getValue().equals(claims.members().get(given.getKey())));
    }
}
