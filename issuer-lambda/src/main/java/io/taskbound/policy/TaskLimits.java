// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.window.OpenWindow;
import io.taskbound.window.Windows;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How long and how often.
 *
 * @param maxLifetime the longest life of a token
 * @param maxUses uses of each object of a request, where the server counts them; empty is unlimited
 * @param lease how long after its last heartbeat a token dies, where the policy says so
 * @param budget how many tokens there may be
 * @param windows when the task may be done
 * @param approval who must approve it
 * @param enforced whether the last three are enforced
 */
record TaskLimits(
        Duration maxLifetime,
        OptionalInt maxUses,
        Optional<Duration> lease,
        Budget budget,
        Windows windows,
        Optional<Approval> approval,
        boolean enforced) {

    /** With less time than this, a token would be dead before it is used. */
    private static final Duration LEAST = Duration.ofSeconds(5);

    /** Whether the window ends before a token that is granted now could be used. */
    static boolean isTooShort(OpenWindow window, Instant now) {
        return window.end().isBefore(now.plus(LEAST));
    }

    Duration lifetime(Optional<Duration> requested) {
        return requested.map(wanted -> shorter(wanted, maxLifetime)).orElse(maxLifetime);
    }

    /**
     * The policy's lease or a shorter one that was asked for; never more than the life. A server that never asks would
     * not notice.
     */
    Optional<Duration> lease(Optional<Duration> requested, Duration lifetime, ResourceServer server) {
        if (server.checks() == Checks.OFFLINE) {
            return Optional.empty();
        }
        var agreed = requested
                .map(wanted -> lease.map(own -> shorter(wanted, own)).orElse(wanted))
                .or(() -> lease);
        return agreed.map(length -> shorter(length, lifetime));
    }

    OptionalInt maxUses(ResourceServer server) {
        return server.checks() == Checks.REDEEM ? maxUses : OptionalInt.empty();
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
