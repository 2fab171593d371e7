// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.identity.Profile;
import io.taskbound.identity.Profiles;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import io.taskbound.task.ProviderName;
import io.taskbound.task.TaskRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The compiled policy decides as the document reads, at any time: who, what, for how long, how often, by whose approval
 * and in which window. The number of triples of policy, request and time is a property: {@code tools/model/policy}
 * tries a million.
 */
class PolicyModelTest {
    private static final int TRIPLES = Integer.getInteger("taskbound.model.triples", 10_000);
    private static final int REQUESTS_A_POLICY = 100;
    private static final int MINUTES_A_DAY = 24 * 60;
    private static final Map<String, Profile> PROFILES = Map.of(
            "github", Profiles.named("github").orElseThrow(),
            "jenkins", Profiles.named("jenkins").orElseThrow());

    private final SplittableRandom random = new SplittableRandom(Long.getLong("taskbound.model.seed", 2_026));
    private final RandomPolicies source = new RandomPolicies(random);
    private final ReferenceEvaluator reference = new ReferenceEvaluator();
    private long granted;
    private long closed;

    @Test
    void decidesAsTheReferenceDoes() {
        for (int i = 0; i < TRIPLES / REQUESTS_A_POLICY; i++) {
            var document = source.policy();
            var policy = Documents.compiled(document);
            for (int j = 0; j < REQUESTS_A_POLICY; j++) {
                compare(document, policy, source.asked(document), source.second());
            }
        }
        // Enough of each, or the comparison says little.
        System.out.println(TRIPLES + " triples: " + granted + " granted, " + closed + " outside of a window");
        assertThat(granted).isGreaterThan(TRIPLES / 3L).isLessThan(TRIPLES * 3L / 4);
        assertThat(closed).isGreaterThan(TRIPLES / 50L);
    }

    private void compare(JsonObject document, Policy policy, RandomPolicies.Asked asked, long second) {
        var expected = reference.decide(document, asked.provider(), asked.claims(), asked.request(), second);
        var now = Instant.ofEpochSecond(second);
        var decision = decide(policy, asked.provider(), asked.claims(), asked.request(), now);
        var actual = decision instanceof Decision.Granted grant
                ? shown(policy, grant.grant())
                : refused((Decision.Refused) decision);
        if (!expected.equals(actual)) {
            throw new AssertionError("expected " + expected + " but was " + actual + " (" + decision + ") at " + now
                    + " for " + asked + " under " + JsonText.of(document));
        }
        closed += expected.equals(ReferenceEvaluator.CLOSED) ? 1 : 0;
        if (decision instanceof Decision.Granted grant) {
            granted++;
            refuseWithoutEachClaim(
                    policy,
                    asked.provider(),
                    asked.claims(),
                    asked.request(),
                    now,
                    grant.grant().rule());
            grant.grant().windowEnd().ifPresent(end -> endsThen(document, asked, second, end));
        }
    }

    private static String refused(Decision.Refused refused) {
        return switch (refused.denial().kind()) {
            case OUTSIDE_WINDOW, WINDOW_ENDS -> ReferenceEvaluator.CLOSED;
            default -> ReferenceEvaluator.NOT_ALLOWED;
        };
    }

    /** The windows are open until then, looked at each minute of the first day and now and then after it. */
    private static void endsThen(JsonObject document, RandomPolicies.Asked asked, long second, Instant end) {
        var task = document.object("tasks")
                .flatMap(tasks -> tasks.object(asked.request().task().value()))
                .orElseThrow();
        long last = end.getEpochSecond() - 1;
        boolean far = last - second >= Duration.ofDays(8).toSeconds() - 1;
        boolean whole = far || !ReferenceCalendar.isOpen(task, last + 1);
        long step = Math.max(60, (last - second) / MINUTES_A_DAY);
        for (long at = second; whole && at < last; at += step) {
            whole = ReferenceCalendar.isOpen(task, at);
        }
        if (!whole || !ReferenceCalendar.isOpen(task, last)) {
            throw new AssertionError("the window of " + Instant.ofEpochSecond(second) + " does not end at " + end
                    + " for " + JsonText.of(task));
        }
    }

    private static Decision decide(
            Policy policy, String provider, JsonObject claims, TaskRequest request, Instant now) {
        var caller = PROFILES.get(provider).describe(new ProviderName(provider), "https://x", claims, "digest");
        return policy.decide(caller, request, now);
    }

    /** The reference counts rules, the grant names where one stands: both are one rule of the task. */
    private static String shown(Policy policy, Grant grant) {
        var task = policy.task(grant.task()).orElseThrow();
        var labels = task.rules().stream().map(AllowedRule::label).toList();
        var permissions = grant.permissions().stream()
                .map(permission -> permission.actions() + " " + permission.identifier())
                .collect(Collectors.joining(", ", "[", "]"));
        return (labels.indexOf(grant.rule()) + 1) + " " + permissions + " lifetime "
                + grant.lifetime().toSeconds() + " uses " + number(grant.maxUses()) + " lease "
                + grant.lease().map(length -> Long.toString(length.toSeconds())).orElse("none") + " live "
                + number(grant.budget().maxLive()) + " in run "
                + number(grant.budget().maxLivePerRun()) + " once "
                + grant.budget().oncePerRun() + " approval "
                + grant.approval().map(PolicyModelTest::shown).orElse("none")
                + switch (grant.enforcement()) {
                    case ENFORCED -> " enforced";
                    case WATCHED -> " watched";
                    case WATCHED_OUTSIDE_WINDOW -> " watched and closed";
                }
                + grant.window()
                        .map(window -> " for " + window.change().orElse("no change"))
                        .orElse("");
    }

    private static String shown(Approval approval) {
        return approval.by() + " " + approval.count() + " " + approval.within().toSeconds();
    }

    private static String number(OptionalInt limit) {
        return limit.isPresent() ? Integer.toString(limit.getAsInt()) : "any";
    }

    /** A rule that looked at a claim does not grant without it; another rule still may. */
    private void refuseWithoutEachClaim(
            Policy policy, String provider, JsonObject claims, TaskRequest request, Instant now, String rule) {
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
            var decision = decide(policy, provider, Documents.without(claims, claim), request, now);
            boolean sameRule = decision instanceof Decision.Granted again
                    && again.grant().rule().equals(rule);
            if (sameRule) {
                throw new AssertionError(rule + " grants without " + claim + " under " + policy);
            }
        }
    }
}
