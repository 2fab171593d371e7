// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.identity.Caller;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import io.taskbound.policy.Change.Effect;
import io.taskbound.task.TaskName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * What a policy allows that the one before did not, or for longer, or more often, is never without a change that is
 * called wider: for pairs of random policies, by every caller and request of a small world. The number of pairs is a
 * property, for who wants to try more than a build does.
 */
class PolicyDifferenceModelTest {
    private static final int PAIRS = Integer.getInteger("taskbound.difference.pairs", 60);
    private static final int CALLERS_A_PAIR = 60;
    private static final List<String> ACTIONS = List.of("get", "put");
    private static final List<TaskName> TASKS = List.of(new TaskName("t"), new TaskName("u"));

    private final SplittableRandom random = new SplittableRandom(1_502);
    private final RandomPolicies source = new RandomPolicies(random);
    private int widened;
    private int quiet;

    @Test
    void neverIsMoreAllowedWithoutAChangeThatIsCalledWider() {
        var callers = new ArrayList<Caller>();
        for (var provider : List.of("github", "jenkins")) {
            Universe.claims(provider).forEach(claims -> callers.add(Universe.caller(provider, claims)));
        }
        for (int i = 0; i < PAIRS; i++) {
            var before = source.policy();
            var some = random.ints(CALLERS_A_PAIR, 0, callers.size())
                    .mapToObj(callers::get)
                    .toList();
            compare(before, source.changed(before), some);
        }
        // Enough of both, or the comparison says little.
        assertThat(widened).isGreaterThan(PAIRS / 10);
        assertThat(quiet).isGreaterThan(PAIRS / 10);
    }

    private void compare(JsonObject earlier, JsonObject later, List<Caller> callers) {
        var before = Documents.compiled(earlier);
        var after = Documents.compiled(later);
        var changes = PolicyDifference.between(Optional.of(before), after);
        var wider = new HashSet<String>();
        changes.stream()
                .filter(change -> change.effect() == Effect.WIDER)
                .forEach(change -> wider.add(change.subject()));
        boolean more = false;
        for (var task : TASKS) {
            for (var server : after.servers()) {
                for (var action : ACTIONS) {
                    for (var target : Universe.targets()) {
                        var request = Universe.request(task, action, target, server);
                        var now = Instant.ofEpochSecond(source.second());
                        for (var caller : callers) {
                            if (isMore(before.decide(caller, request, now), after.decide(caller, request, now), now)) {
                                more = true;
                                boolean told = wider.contains("task " + task)
                                        || wider.contains("resource server " + server.name())
                                        || wider.contains("provider " + caller.provider());
                                assertThat(told)
                                        .as(() -> caller.claims() + " " + request + " at " + now + ": " + changes
                                                + " from " + JsonText.of(earlier) + " to " + JsonText.of(later))
                                        .isTrue();
                            }
                        }
                    }
                }
            }
        }
        widened += more ? 1 : 0;
        quiet += wider.isEmpty() ? 1 : 0;
    }

    private static boolean isMore(Decision before, Decision after, Instant at) {
        if (!(after instanceof Decision.Granted now)) {
            return false;
        }
        return !(before instanceof Decision.Granted old) || isMore(old.grant(), now.grant(), at);
    }

    private static boolean isMore(Grant old, Grant now, Instant at) {
        return end(now, at).isAfter(end(old, at))
                || most(now.maxUses()) > most(old.maxUses())
                || most(now.budget().maxLive()) > most(old.budget().maxLive())
                || most(now.budget().maxLivePerRun()) > most(old.budget().maxLivePerRun())
                || (old.budget().oncePerRun() && !now.budget().oncePerRun())
                || longest(now.lease()).compareTo(longest(old.lease())) > 0
                || (now.enforcement().isWatched() && !old.enforcement().isWatched())
                || old.approval()
                        .filter(needed -> now.approval()
                                .filter(still -> isAsMuch(still, needed))
                                .isEmpty())
                        .isPresent();
    }

    /** When a token of this grant is dead at the latest. */
    private static Instant end(Grant grant, Instant at) {
        var expiry = at.plus(grant.lifetime());
        return grant.windowEnd().filter(expiry::isAfter).orElse(expiry);
    }

    private static boolean isAsMuch(Approval now, Approval old) {
        return old.by().containsAll(now.by())
                && now.count() >= old.count()
                && now.within().compareTo(old.within()) <= 0;
    }

    private static int most(OptionalInt limit) {
        return limit.orElse(Integer.MAX_VALUE);
    }

    private static Duration longest(Optional<Duration> lease) {
        return lease.orElse(Duration.ofDays(1));
    }
}
