// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.identity.Caller;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import io.taskbound.task.Identifier;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * {@code who-can} and {@code what-can} say of every caller and every target what the policy decides. The number of
 * policies is a property, for who wants to try more than a build does.
 */
class PolicyQuestionsModelTest {
    private static final int POLICIES = Integer.getInteger("taskbound.question.policies", 6);
    private static final List<String> ACTIONS = List.of("get", "put");

    private final SplittableRandom random = new SplittableRandom(15);
    private final RandomPolicies source = new RandomPolicies(random);

    private record Known(String provider, JsonObject claims, Caller caller) {
        static List<Known> all() {
            var all = new ArrayList<Known>();
            for (var provider : List.of("github", "jenkins")) {
                Universe.claims(provider)
                        .forEach(claims -> all.add(new Known(provider, claims, Universe.caller(provider, claims))));
            }
            return all;
        }
    }

    private static boolean allows(
            Policy policy, Task task, String action, String target, ResourceServer server, Known one) {
        var request = Universe.request(task.name(), action, target, server);
        var decision = policy.decide(one.caller(), request, Instant.EPOCH);
        // The answers are for any hour.
        return decision instanceof Decision.Granted
                || ((Decision.Refused) decision).denial().kind() == Denial.Kind.OUTSIDE_WINDOW;
    }

    @Test
    void whoCanSaysExactlyWhomThePolicyLetsIn() {
        var everybody = Known.all();
        long allowed = 0;
        long asked = 0;
        for (int i = 0; i < POLICIES; i++) {
            var document = source.policy();
            var policy = Documents.compiled(document);
            for (var task : policy.tasks()) {
                for (var server : task.servers()) {
                    for (var action : ACTIONS) {
                        for (var target : Universe.targets()) {
                            var answers = WhoCan.of(
                                    policy,
                                    new WhoCan.Question(
                                            action,
                                            new Identifier(target),
                                            Optional.of(server.name()),
                                            Optional.of(task.name())));
                            for (var one : everybody) {
                                boolean expected = allows(policy, task, action, target, server, one);
                                boolean said = answers.stream().anyMatch(answer -> answer.admits(one.caller()));
                                if (said != expected) {
                                    throw new AssertionError(action + " " + target + " by " + task.name() + " at "
                                            + server.name() + ": " + one.provider() + " " + JsonText.of(one.claims())
                                            + " is " + (expected ? "let in" : "refused") + " under "
                                            + JsonText.of(document));
                                }
                                allowed += expected ? 1 : 0;
                                asked++;
                            }
                        }
                    }
                }
            }
        }
        // Enough of both, or the comparison says little.
        assertThat(allowed).isBetween(asked / 50, asked / 2);
    }

    @Test
    void whatCanIsRightForEveryCallerWithTheClaimsThatWereGiven() {
        var everybody = Known.all();
        var answers = new EnumMap<Allowance.Answer, Integer>(Allowance.Answer.class);
        for (int i = 0; i < POLICIES * 10; i++) {
            var document = source.policy();
            var policy = Documents.compiled(document);
            var one = everybody.get(random.nextInt(everybody.size()));
            boolean whole = random.nextBoolean();
            var given = whole ? one.claims() : some(one.claims());
            var provider = policy.providers().stream()
                    .filter(known -> known.name().value().equals(one.provider()))
                    .findFirst()
                    .orElseThrow();
            var callers = everybody.stream()
                    .filter(other -> other.provider().equals(one.provider())
                            && (whole ? other == one : Universe.isExtension(other.claims(), given)))
                    .toList();
            for (var allowance : WhatCan.of(policy, new PartialCaller(provider, given, whole))) {
                answers.merge(allowance.answer(), 1, Integer::sum);
                var words = JsonText.of(given) + (whole ? " whole" : "") + " " + allowance.answer() + " "
                        + allowance.task() + " under " + JsonText.of(document);
                callers.forEach(caller -> compare(policy, allowance, caller, words));
                assertThat(whole && allowance.answer() == Allowance.Answer.MAY_IF)
                        .as(words)
                        .isFalse();
            }
        }
        assertThat(answers.values()).hasSize(3).allMatch(count -> count >= POLICIES / 2);
    }

    private JsonObject some(JsonObject claims) {
        var kept = new LinkedHashMap<>(claims.members());
        kept.keySet().removeIf(name -> random.nextInt(3) == 0);
        return new JsonObject(kept);
    }

    private static void compare(Policy policy, Allowance allowance, Known one, String words) {
        var task = policy.task(allowance.task()).orElseThrow();
        boolean any = false;
        for (var server : task.servers()) {
            for (var action : ACTIONS) {
                for (var target : Universe.targets()) {
                    boolean expected = allows(policy, task, action, target, server, one);
                    boolean said = allowance.ways().stream()
                            .anyMatch(way -> way.admits(one.caller())
                                    && way.targets().stream()
                                            .anyMatch(
                                                    targets -> targets.server().equals(server.name())
                                                            && targets.actions().contains(action)
                                                            && targets.identifiers().stream()
                                                                    .anyMatch(shown ->
                                                                            matches(task, way, shown, one, target))));
                    if (said != expected) {
                        throw new AssertionError(one + " is " + (expected ? "let in" : "refused") + " to " + action
                                + " " + target + " at " + server.name() + ": " + words);
                    }
                    any |= expected;
                }
            }
        }
        if (any && allowance.answer() == Allowance.Answer.MAY_NOT) {
            throw new AssertionError(one + " may: " + words);
        }
    }

    /** The pattern as it is shown, with the caller's own values for what is open in it. */
    private static boolean matches(Task task, Allowance.Way way, String shown, Known one, String target) {
        try {
            var rule = task.rules().stream()
                    .filter(entry -> entry.label().equals(way.rule()))
                    .findFirst()
                    .orElseThrow()
                    .rule();
            Map<String, String> values =
                    rule.values(task.variables(), one.caller()).orElseThrow();
            var pattern = IdentifierPattern.of(shown);
            assertThat(way.isCertain() && !pattern.variables().isEmpty()).isFalse();
            return pattern.bind(values).matches(target);
        } catch (BadPattern impossible) {
            throw new AssertionError(impossible);
        }
    }
}
