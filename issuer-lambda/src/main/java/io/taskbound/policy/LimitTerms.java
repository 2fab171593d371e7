// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.window.Windows;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Under which limits a task is granted at one resource server: how long, how often, when, and by whose approval. */
public final class LimitTerms {
    private final TaskLimits limits;
    private final ResourceServer server;

    LimitTerms(TaskLimits limits, ResourceServer server) {
        this.limits = limits;
        this.server = server;
    }

    /** The longest life of a token. */
    public Duration lifetime() {
        return limits.maxLifetime();
    }

    /** Uses of each target by one token; empty is unlimited. */
    public OptionalInt maxUses() {
        return limits.maxUses(server);
    }

    /** How long after its last heartbeat a token dies, where the policy says so. */
    public Optional<Duration> lease() {
        return limits.lease(Optional.empty(), limits.maxLifetime(), server);
    }

    public Budget budget() {
        return limits.budget();
    }

    public Windows windows() {
        return limits.windows();
    }

    public Optional<Approval> approval() {
        return limits.approval();
    }

    /** Whether windows, approval and budget are enforced, or only watched. */
    public boolean enforced() {
        return limits.enforced();
    }

    /** Whole sentences for people; those of windows are true at {@code now}. */
    public List<String> words(Instant now) {
        var words = new ArrayList<String>();
        words.add("A token lives at most " + DurationText.of(lifetime()) + uses() + heartbeats() + ".");
        approval().ifPresent(needed -> words.add(LimitWords.people(needed) + "."));
        if (!windows().isEmpty()) {
            words.add(LimitWords.open(windows(), now) + ".");
        }
        LimitWords.budget(budget()).ifPresent(limit -> words.add(limit + "."));
        if (!enforced() && (approval().isPresent() || !windows().isEmpty() || budget().isLimited())) {
            words.add("That is only watched and not enforced (enforce: false): a request that breaks it gets a token"
                    + " anyway.");
        }
        return words;
    }

    private String uses() {
        var most = maxUses();
        if (server.checks() != Checks.REDEEM) {
            return "";
        }
        return most.isEmpty()
                ? ", and may be used any number of times"
                : ", and is good for " + LimitWords.times(most.getAsInt()) + " of each target";
    }

    private String heartbeats() {
        return lease().map(length -> "; it dies " + DurationText.of(length) + " after its last heartbeat")
                .orElse("");
    }
}
