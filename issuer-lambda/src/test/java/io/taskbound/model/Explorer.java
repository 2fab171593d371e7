// SPDX-License-Identifier: Apache-2.0
package io.taskbound.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Goes to every world that can be reached, the nearest first, so that the first violation has the shortest trace. */
final class Explorer {
    private final Model model;
    private final Consumer<Trace> ends;

    /** @param ends gets how each world was reached in which nothing more happens */
    Explorer(Model model, Consumer<Trace> ends) {
        this.model = model;
        this.ends = ends;
    }

    Explorer(Model model) {
        this(model, end -> {});
    }

    /**
     * What was found.
     *
     * @param worlds how many different ones were reached
     * @param depth the most steps that a shortest way to one of them has
     */
    record Result(long worlds, int depth, Optional<Violation> violation) {}

    /** An invariant that breaks, and the shortest way there. */
    record Violation(Invariant invariant, Trace trace) {}

    /** Stops at the first violation. */
    Result explore(List<World> starts) {
        Set<World> reached = new HashSet<>(starts);
        var layer = new ArrayList<Trace>();
        starts.forEach(start -> layer.add(Trace.start(start)));
        List<Trace> now = layer;
        for (int depth = 0; ; depth++) {
            var later = new ArrayList<Trace>();
            for (var trace : now) {
                var violation = step(trace, reached, later);
                if (violation.isPresent()) {
                    return new Result(reached.size(), depth + 1, violation);
                }
            }
            if (later.isEmpty()) {
                return new Result(reached.size(), depth, Optional.empty());
            }
            now = later;
        }
    }

    private Optional<Violation> step(Trace trace, Set<World> reached, List<Trace> later) {
        var steps = model.next(trace.world());
        if (steps.isEmpty()) {
            ends.accept(trace);
        }
        for (var step : steps) {
            if (step.broken().isPresent()) {
                return Optional.of(new Violation(step.broken().get(), trace.then(step)));
            }
            if (reached.add(step.after())) {
                var after = trace.then(step);
                var broken = model.broken(step.after());
                if (broken.isPresent()) {
                    return Optional.of(new Violation(broken.get(), after));
                }
                later.add(after);
            }
        }
        return Optional.empty();
    }
}
