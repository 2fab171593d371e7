// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.policy.PolicyDifference.Noted;
import io.taskbound.task.ServerName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a task permits, each action on each pattern of targets by itself. */
final class PermittedTargets {
    /** Patterns that one is compared with; beyond it, it counts as one that none of them covers. */
    private static final int MOST_COMPARED = 200;

    private record Pair(String action, ServerName server, String pattern) {
        String words() {
            return Shown.whole(action) + " on " + Shown.whole(pattern) + " at " + server;
        }
    }

    private final Map<Pair, IdentifierPattern> pairs = new LinkedHashMap<>();

    private PermittedTargets() {}

    static PermittedTargets of(Task task) {
        var targets = new PermittedTargets();
        for (var server : task.servers()) {
            for (var permission : task.at(server)) {
                for (var action : permission.actions()) {
                    permission
                            .identifiers()
                            .forEach(pattern ->
                                    targets.pairs.put(new Pair(action, server.name(), pattern.toString()), pattern));
                }
            }
        }
        return targets;
    }

    List<String> words() {
        return pairs.keySet().stream().map(Pair::words).toList();
    }

    static void compare(Task before, Task after, Noted noted) {
        var old = of(before);
        var now = of(after);
        now.pairs.forEach((pair, pattern) -> {
            if (!old.pairs.containsKey(pair)) {
                if (old.cover(pair, pattern)) {
                    noted.other("still permits " + pair.words());
                } else {
                    noted.wider("permits " + pair.words());
                }
            }
        });
        old.pairs.forEach((pair, pattern) -> {
            if (!now.pairs.containsKey(pair) && !now.cover(pair, pattern)) {
                noted.narrower("no longer permits " + pair.words());
            }
        });
    }

    /** Whether a pattern here matches this one, which is plain text. */
    private boolean cover(Pair pair, IdentifierPattern pattern) {
        if (!pattern.variables().isEmpty() || !pattern.bind(Map.of()).isExact()) {
            return false;
        }
        return pairs.entrySet().stream()
                .limit(MOST_COMPARED)
                .filter(entry -> entry.getKey().action().equals(pair.action())
                        && entry.getKey().server().equals(pair.server()))
                .anyMatch(entry -> entry.getValue().variables().isEmpty()
                        && entry.getValue().bind(Map.of()).matches(pair.pattern()));
    }
}
