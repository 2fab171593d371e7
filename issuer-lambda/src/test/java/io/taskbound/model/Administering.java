// SPDX-License-Identifier: Apache-2.0
package io.taskbound.model;

import java.util.List;

/** The deny list's writer, and who changes the policy. */
final class Administering {
    private Administering() {}

    /** The entry, then the version. */
    static List<Step> deny(Actor actor) {
        boolean first = actor.at() == 0;
        boolean entry = first == actor.keeps(Clause.DENY_ENTRY_FIRST);
        var world = actor.world();
        var written = actor.in(
                entry
                        ? world.with(Cell.DENY_ENTRY, 1)
                                .with(Cell.DENY_SINCE, actor.now())
                                .with(Cell.DENY_UNTIL, Bounds.FOREVER)
                        : world.counting(Cell.DENY_VERSION));
        var request = entry ? Request.PUT_DENIAL : Request.MOVE_VERSION;
        return List.of(
                first
                        ? written.goesTo(1, request, "writes the entry")
                        : told(written).isAnswered(Answer.DONE, request, "moves the version"));
    }

    /** Whoever lifted it before it was acknowledged has the last word. */
    private static Actor told(Actor written) {
        var world = written.world();
        boolean lifted = world.get(Cell.DENY_UNTIL) < Bounds.FOREVER;
        return lifted ? written : written.in(world.with(Cell.DENY_TOLD, 1));
    }

    /** Ends the entry, then moves the version. */
    static List<Step> lift(Actor actor) {
        var world = actor.world();
        if (actor.at() == 1) {
            return List.of(actor.in(world.counting(Cell.DENY_VERSION))
                    .isAnswered(Answer.DONE, Request.MOVE_VERSION, "moves the version"));
        }
        boolean there = world.has(Cell.DENY_ENTRY);
        if (!there && actor.keeps(Clause.LIFT_EXISTING)) {
            return List.of(actor.isAnswered(Answer.DONE, Request.LIFT_DENIAL, "finds no entry"));
        }
        int now = actor.now();
        boolean inForce = !there || world.get(Cell.DENY_UNTIL) > now;
        if (!inForce && actor.keeps(Clause.LIFT_IN_FORCE)) {
            return List.of(actor.isAnswered(Answer.DONE, Request.LIFT_DENIAL, "finds it lifted already"));
        }
        var lifted = world.counting(Cell.LIFTS).without(Cell.DENY_TOLD);
        return List.of(actor.in(there ? lifted.with(Cell.DENY_UNTIL, now) : lifted)
                .goesTo(1, Request.LIFT_DENIAL, "ends the entry")
                .breaking(!there || !inForce, Invariant.LISTED_DENIALS));
    }

    static List<Step> withdraw(Actor actor) {
        return List.of(actor.in(actor.world().without(Cell.POLICY_ALLOWS))
                .isAnswered(Answer.DONE, Request.NONE, "takes the rule away"));
    }
}
