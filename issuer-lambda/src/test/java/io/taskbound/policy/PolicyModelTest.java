// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.identity.Profile;
import io.taskbound.identity.Profiles;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import io.taskbound.task.ProviderName;
import io.taskbound.task.TaskRequest;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The compiled policy decides as the document reads. */
class PolicyModelTest {
    private static final int POLICIES = 1_000;
    private static final int REQUESTS = 1_000;
    private static final Map<String, Profile> PROFILES = Map.of(
            "github", Profiles.named("github").orElseThrow(),
            "jenkins", Profiles.named("jenkins").orElseThrow());

    private final SplittableRandom random = new SplittableRandom(2_026);
    private final RandomPolicies source = new RandomPolicies(random);
    private final ReferenceEvaluator reference = new ReferenceEvaluator();
    private long granted;

    /** Well under a minute on a machine of its own; the limit is for one that is shared. */
    @Test
    @Timeout(600)
    void decidesAMillionTimesAsTheReferenceDoes() {
        for (int i = 0; i < POLICIES; i++) {
            var document = source.policy();
            var policy = Documents.compiled(document);
            for (int j = 0; j < REQUESTS; j++) {
                var provider = random.nextInt(4) > 0 ? "github" : "jenkins";
                compare(document, policy, provider, source.claims(provider), source.request());
            }
        }
        // Enough of both, or the comparison says little.
        assertThat(granted).isBetween(POLICIES * REQUESTS / 40L, POLICIES * REQUESTS / 2L);
    }

    private void compare(JsonObject document, Policy policy, String provider, JsonObject claims, TaskRequest request) {
        var expected = reference.decide(document, provider, claims, request);
        var decision = decide(policy, provider, claims, request);
        var actual = decision instanceof Decision.Granted grant
                ? Optional.of(shown(policy, grant.grant()))
                : Optional.empty();
        if (!expected.equals(actual)) {
            throw new AssertionError("expected " + expected + " but was " + decision + " for " + provider + " "
                    + JsonText.of(claims) + " " + request + " under " + JsonText.of(document));
        }
        if (decision instanceof Decision.Granted grant) {
            granted++;
            refuseWithoutEachClaim(
                    document, policy, provider, claims, request, grant.grant().rule());
        }
    }

    private static Decision decide(Policy policy, String provider, JsonObject claims, TaskRequest request) {
        var caller = PROFILES.get(provider).describe(new ProviderName(provider), "https://x", claims, "digest");
        return policy.decide(caller, request, Instant.EPOCH);
    }

    /** The reference counts rules, the grant names where one stands: both are one rule of the task. */
    private static String shown(Policy policy, Grant grant) {
        var task = policy.task(grant.task()).orElseThrow();
        var labels = task.rules().stream().map(AllowedRule::label).toList();
        var permissions = grant.permissions().stream()
                .map(permission -> permission.actions() + " " + permission.identifier())
                .collect(Collectors.joining(", ", "[", "]"));
        return (labels.indexOf(grant.rule()) + 1) + " " + permissions;
    }

    /** A rule that looked at a claim does not grant without it; another rule still may. */
    private void refuseWithoutEachClaim(
            JsonObject document, Policy policy, String provider, JsonObject claims, TaskRequest request, String rule) {
        var task = policy.task(request.task()).orElseThrow();
        var conditions = task.rules().stream()
                .filter(entry -> entry.label().equals(rule))
                .findFirst()
                .orElseThrow()
                .rule()
                .conditions();
        for (var condition : conditions) {
            var claim = condition.name().replaceAll(" > .*", "");
            if (claim.equals("sub")) {
                continue;
            }
            var decision = decide(policy, provider, Documents.without(claims, claim), request);
            boolean sameRule = decision instanceof Decision.Granted again
                    && again.grant().rule().equals(rule);
            if (sameRule) {
                throw new AssertionError(rule + " grants without " + claim + " under " + JsonText.of(document));
            }
        }
    }
}
