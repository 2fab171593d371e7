// SPDX-License-Identifier: Apache-2.0
package io.taskbound.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a world was reached: a step, and what was before. */
record Trace(@Nullable Trace before, @Nullable Step step, World world) {
    static Trace start(World world) {
        return new Trace(null, null, world);
    }

    Trace then(Step step) {
        return new Trace(this, step, step.after());
    }

    World begin() {
        return before == null ? world : before.begin();
    }

    List<Step> steps() {
        var steps = new ArrayList<Step>();
        for (var at = Optional.of(this); at.isPresent(); at = Optional.ofNullable(at.get().before)) {
            Optional.ofNullable(at.get().step).ifPresent(steps::add);
        }
        Collections.reverse(steps);
        return steps;
    }
}
