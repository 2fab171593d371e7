// SPDX-License-Identifier: Apache-2.0
package io.taskbound.model;

import java.util.Optional;

/**
 * One step from a world to the next.
 *
 * @param actor who takes it; -1 for the time
 * @param words what happens, after the actor's name
 * @param broken the invariant that this step itself breaks
 */
record Step(int actor, Kind kind, Request request, String words, World after, Optional<Invariant> broken) {
    static final int TIME = -1;

    /** What becomes of the request. */
    enum Kind {
        TAKEN,
        /** It takes place, its answer is lost, and the client's SDK repeats it. */
        ANSWER_LOST,
        /** The process dies before it. */
        DIES,
        TIME_PASSES
    }

    Step breaking(boolean breaks, Invariant invariant) {
        return breaks && broken.isEmpty() ? new Step(actor, kind, request, words, after, Optional.of(invariant)) : this;
    }
}
