// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench.peers;

import java.io.IOException;
import java.util.Locale;

/** Measures one server from its first mint on. */
final class Measurement {
    /** ID tokens are good for five minutes, so that not all can be made before the first is shown. */
    private static final int MADE_AT_ONCE = 10_000;

    private Measurement() {}

    static Course of(Server server, Plan plan, String name) throws IOException, InterruptedException {
        var course = new Course(server.started());
        int done = 0;
        while (done < plan.mints()) {
            int until = Math.min(plan.mints(), end(plan, done));
            Progress.say(name + ": making the requests " + (done + 1) + " to " + until);
            var requests = server.requests(until - done);
            int from = done;
            try (var load = new Load(server)) {
                for (int mark : plan.marks()) {
                    if (mark > done && mark <= until) {
                        var stretch = load.run(requests.subList(done - from, mark - from));
                        course.add(stretch);
                        Progress.say(told(name, done, mark, stretch));
                        done = mark;
                    }
                }
            }
        }
        return course;
    }

    /** The last mark for which requests are made now: as many stretches as fit, and one at least. */
    private static int end(Plan plan, int done) {
        return plan.marks().stream()
                .filter(mark -> mark > done && mark - done <= MADE_AT_ONCE)
                .reduce((earlier, later) -> later)
                .orElseGet(() -> plan.marks().stream()
                        .filter(mark -> mark > done)
                        .findFirst()
                        .orElseThrow());
    }

    private static String told(String name, int from, int to, Stretch stretch) {
        return String.format(
                Locale.ROOT,
                "%s: mints %,d to %,d in %.1f s, %.2f ms of processor each",
                name,
                from + 1,
                to,
                stretch.seconds(),
                stretch.processorMillis());
    }
}
