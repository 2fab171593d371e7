// SPDX-License-Identifier: Apache-2.0
package io.taskbound.model;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Traces of the model that the real ledger can be asked to follow. */
final class Samples {
    /** What no test can bring about on purpose: a second that is over, and an index that lags. */
    private static final Set<String> UNPLAYABLE = Set.of("has no time for the records", Sweeping.LAGS);

    private Samples() {}

    /** For each way to make each step, the shortest trace to an end in which it is made, from any of these starts. */
    static List<Trace> ofEveryStep(List<World> starts) {
        var traces = new ArrayList<Trace>();
        var covered = new HashSet<String>();
        for (var start : starts) {
            new Explorer(new Model(Set.of()), end -> {
                        if (isPlayable(end) && covers(end, covered)) {
                            traces.add(end);
                        }
                    })
                    .explore(List.of(start));
        }
        return traces;
    }

    private static boolean covers(Trace end, Set<String> covered) {
        boolean more = false;
        for (var step : end.steps()) {
            if (step.actor() != Step.TIME) {
                var verb = end.begin().get(step.actor(), Register.VERB);
                more |= covered.add(verb + " " + step.kind() + " " + step.request() + " " + step.words());
            }
        }
        return more;
    }

    static boolean isPlayable(Trace trace) {
        return trace.steps().stream().map(Step::words).noneMatch(UNPLAYABLE::contains);
    }

    /** The same moves of the same actors as in the shortest trace without the clause, where the clause is kept. */
    static Trace kept(Clause clause) {
        var flawed = new Explorer(new Model(EnumSet.of(clause))).explore(Scenes.of(clause));
        var broken = flawed.violation().orElseThrow().trace();
        var model = new Model(Set.of());
        var trace = Trace.start(broken.begin());
        for (var step : broken.steps()) {
            trace = like(step, model.next(trace.world()), trace);
        }
        return finished(trace, model);
    }

    private static Trace like(Step wanted, List<Step> possible, Trace trace) {
        return possible.stream()
                .filter(step -> step.actor() == wanted.actor() && step.kind() == wanted.kind())
                .findFirst()
                .map(trace::then)
                .orElse(trace);
    }

    private static Trace finished(Trace from, Model model) {
        var trace = from;
        while (true) {
            var next = model.next(trace.world()).stream()
                    .filter(step -> step.kind() == Step.Kind.TAKEN)
                    .filter(step -> !UNPLAYABLE.contains(step.words()))
                    .findFirst();
            if (next.isEmpty()) {
                return trace;
            }
            trace = trace.then(next.get());
        }
    }
}
