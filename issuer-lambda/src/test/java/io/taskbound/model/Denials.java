// SPDX-License-Identifier: Apache-2.0
package io.taskbound.model;

/** The deny list as the issuer knows it: its version with every look, its entries only when that moved. */
final class Denials {
    private Denials() {}

    /** Reads the version, in the same request as other things. */
    static Actor seen(Actor actor) {
        return actor.with(Register.SEEN_VERSION, actor.world().get(Cell.DENY_VERSION));
    }

    static boolean isKnown(Actor actor) {
        return actor.get(Register.SEEN_VERSION) == actor.world().get(Cell.KNOWN_VERSION)
                || !actor.keeps(Clause.LOOK_READS_NEW_VERSION);
    }

    /** Reads the entries, and keeps them under the version that was read before. */
    static Actor read(Actor actor) {
        var world = actor.world().with(Cell.KNOWN_VERSION, actor.get(Register.SEEN_VERSION));
        return actor.in(
                world.has(Cell.DENY_ENTRY)
                        ? world.with(Cell.KNOWN_ENTRY, 1)
                                .with(Cell.KNOWN_SINCE, world.get(Cell.DENY_SINCE))
                                .with(Cell.KNOWN_UNTIL, world.get(Cell.DENY_UNTIL))
                        : world.without(Cell.KNOWN_ENTRY).without(Cell.KNOWN_UNTIL));
    }

    /** By the entries that the issuer knows. */
    static boolean inForce(Actor actor) {
        var world = actor.world();
        return world.has(Cell.KNOWN_ENTRY) && actor.now() < world.get(Cell.KNOWN_UNTIL);
    }
}
