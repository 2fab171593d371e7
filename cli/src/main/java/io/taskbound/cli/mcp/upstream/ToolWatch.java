// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.mcp.upstream;

import io.taskbound.cli.mcp.map.ToolRule;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The tools of the map as the server described them when the gateway was started, or as the map has them by hash. One
 * that the server later describes otherwise is another tool with the same name: from then on nobody can call it. The
 * server is asked again when it says that something changed, and at a call when the last answer is older than
 * {@value #FRESH_SECONDS} s. Thread-safe.
 */
public final class ToolWatch {
    static final int FRESH_SECONDS = 10;

    private final ServerBehind server;
    private final Clock clock;
    private final Consumer<String> operator;
    private final Map<String, String> first = new LinkedHashMap<>();
    private final Set<String> changed = new HashSet<>();
    private final AtomicBoolean stale;
    private volatile Seen seen;

    /** Of the last look that failed. */
    private volatile @Nullable UpstreamFault failure;

    /** @param tools that may be called, by name */
    private record Seen(Instant at, Map<String, ToolDefinition> tools) {
        /** Of which nobody knows whether it is still so. */
        Seen old() {
            return new Seen(Instant.EPOCH, tools);
        }
    }

    private ToolWatch(
            ServerBehind server,
            Map<String, ToolRule> rules,
            AtomicBoolean stale,
            Clock clock,
            Consumer<String> operator)
            throws UpstreamFault {
        this.server = server;
        this.stale = stale;
        this.clock = clock;
        this.operator = operator;
        var tools = server.tools();
        rules.forEach((name, rule) -> first(name, rule, tools));
        this.seen = new Seen(clock.instant(), usable(tools));
    }

    /**
     * Looks at the server's tools for the first time.
     *
     * @param changed becomes true when the server says that its tools are others
     * @param operator is told of tools that cannot be called, and of the hash of each that can
     */
    static ToolWatch begin(
            ServerBehind server,
            Map<String, ToolRule> rules,
            AtomicBoolean changed,
            Clock clock,
            Consumer<String> operator)
            throws UpstreamFault {
        return new ToolWatch(server, rules, changed, clock, operator);
    }

    private void first(String name, ToolRule rule, Map<String, ToolDefinition> tools) {
        var there = Optional.ofNullable(tools.get(name)).map(ToolDefinition::sha256);
        first.put(name, rule.definition().or(() -> there).orElse(""));
        operator.accept(there.map(hash -> "tool " + name + "  definition_sha256: " + hash)
                .orElse("tool " + name + "  is not among the server's tools, so nobody can call it"));
    }

    /** Those that may be called, in the order of the map. */
    public Map<String, ToolDefinition> tools() throws UpstreamFault {
        if (!isFresh()) {
            look();
        }
        return seen.tools();
    }

    private boolean isFresh() {
        return !stale.get() && clock.instant().isBefore(seen.at().plus(Duration.ofSeconds(FRESH_SECONDS)));
    }

    private void look() throws UpstreamFault {
        var known = failure;
        synchronized (this) {
            if (isFresh()) {
                return;
            }
            var last = failure;
            if (last != null && last != known) {
                // The look that this caller waited for. Of a server that hangs, not each in turn waits again.
                throw last;
            }
            // In this order, which isFresh reads backwards: nobody calls by what was seen before.
            seen = seen.old();
            // Before the question: what changes during the answer is asked for again.
            stale.set(false);
            try {
                seen = new Seen(clock.instant(), usable(server.tools()));
            } catch (UpstreamFault unknown) {
                failure = unknown;
                throw unknown;
            }
        }
    }

    private Map<String, ToolDefinition> usable(Map<String, ToolDefinition> tools) {
        var usable = new LinkedHashMap<String, ToolDefinition>();
        first.forEach((name, hash) -> {
            var tool = Optional.ofNullable(tools.get(name));
            boolean same = tool.map(ToolDefinition::sha256).equals(Optional.of(hash));
            if (!same && changed.add(name) && tool.isPresent()) {
                operator.accept("tool " + name + "  is described otherwise than it was, so nobody can call it now;"
                        + " look at it, and start the gateway again");
            }
            // One that changed back may change again between a look and a call.
            if (same && !changed.contains(name)) {
                usable.put(name, tool.orElseThrow());
            }
        });
        return usable;
    }
}
