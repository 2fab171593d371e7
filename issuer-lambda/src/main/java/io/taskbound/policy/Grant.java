// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.task.Permission;
import io.taskbound.task.TaskName;
import io.taskbound.window.OpenWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What a policy allows one caller to do once. Only {@link Policy#decide} makes it, from a verified identity. */
public final class Grant {
    /**
     * Of one permission, at most: each use of a limited token is remembered in its record, and an item has its bounds.
     */
    public static final int MAX_USES = 100;

    private final TaskName task;
    private final List<Permission> permissions;
    private final ResourceServer server;
    private final Duration lifetime;
    private final OptionalInt maxUses;
    private final Optional<Duration> lease;
    private final Budget budget;
    private final Optional<Approval> approval;
    private final Optional<OpenWindow> window;
    private final Enforcement enforcement;
    private final PolicyVersion policy;
    private final String rule;

    Grant(
            TaskName task,
            List<Permission> permissions,
            ResourceServer server,
            Duration lifetime,
            OptionalInt maxUses,
            Optional<Duration> lease,
            Budget budget,
            Optional<Approval> approval,
            Optional<OpenWindow> window,
            Enforcement enforcement,
            PolicyVersion policy,
            String rule) {
        this.task = task;
        this.permissions = List.copyOf(permissions);
        this.server = server;
        this.lifetime = lifetime;
        this.maxUses = maxUses;
        this.lease = lease;
        this.budget = budget;
        this.approval = approval;
        this.window = window;
        this.enforcement = enforcement;
        this.policy = policy;
        this.rule = rule;
    }

    public TaskName task() {
        return task;
    }

    /** In the order of the request, actions filled in; all at {@link #server}. */
    public List<Permission> permissions() {
        return permissions;
    }

    public ResourceServer server() {
        return server;
    }

    public Duration lifetime() {
        return lifetime;
    }

    /** Uses of each permission by itself; empty is unlimited. */
    public OptionalInt maxUses() {
        return maxUses;
    }

    /** How long after its last heartbeat the token dies; empty where no lease runs. */
    public Optional<Duration> lease() {
        return lease;
    }

    /** How many tokens of the task there may be. */
    public Budget budget() {
        return budget;
    }

    /** Who must approve it before there is a token; empty where nobody need. */
    public Optional<Approval> approval() {
        return approval;
    }

    /** The change window in which it was granted; empty for a task that may be done at any time. */
    public Optional<OpenWindow> window() {
        return window;
    }

    /** When that window ends. */
    public Optional<Instant> windowEnd() {
        return window.map(OpenWindow::end);
    }

    /** Whether the task's windows, approval and budget are enforced, or only watched. */
    public Enforcement enforcement() {
        return enforcement;
    }

    public PolicyVersion policy() {
        return policy;
    }

    /** The rule that allowed it: {@code allow[0] release-pipelines[1]}. */
    public String rule() {
        return rule;
    }

    @Override
    public String toString() {
        return "Grant[" + task + " by " + rule + ", policy " + policy.label() + "]";
    }
}
