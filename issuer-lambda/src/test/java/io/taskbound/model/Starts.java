// SPDX-License-Identifier: Apache-2.0
package io.taskbound.model;

import java.util.ArrayList;
import java.util.List;

/** Where the search begins: who takes part, what kind of token it is, and whose clock is off. */
final class Starts {
    /** A kind of token. */
    enum Kind {
        LEASED_ONE_USE(true, 1, 3),
        LEASED_TWO_USES(true, 2, 3),
        LEASED_UNLIMITED(true, 0, 3),
        /** Lives long enough to lapse twice. */
        LEASED_LONG(true, 1, 6),
        ONE_USE(false, 1, 3);

        private final boolean leased;
        private final int uses;
        private final int life;

        Kind(boolean leased, int uses, int life) {
            this.leased = leased;
            this.uses = uses;
            this.life = life;
        }
    }

    /** Who is there before, and holds the token. */
    private static final int SOMEBODY_BEFORE = 50;

    private Starts() {}

    /** Every choice of so many verbs, for each kind of token, before the token is minted and when it is held. */
    static List<World> all(int actors) {
        return all(actors, List.of(Kind.values()));
    }

    static List<World> all(int actors, List<Kind> kinds) {
        var starts = new ArrayList<World>();
        for (var verbs : choices(actors)) {
            for (var kind : kinds) {
                starts.add(unminted(kind, verbs));
                starts.add(held(unminted(kind, verbs)));
            }
        }
        return starts;
    }

    /** The same, with the clock of each actor in turn ahead and behind, and the provider's ahead. */
    static List<World> clocksOff(List<World> right) {
        var starts = new ArrayList<World>();
        for (var start : right) {
            for (int id = 0; id < start.actors(); id++) {
                starts.add(start.with(id, Register.SKEW, Bounds.SKEW));
                starts.add(start.with(id, Register.SKEW, -Bounds.SKEW));
            }
            starts.add(start.with(Cell.PROOF_ISSUED, Bounds.SKEW));
        }
        return starts;
    }

    /** Verbs in the order of their names: who comes first is not said by it. */
    private static List<List<Verb>> choices(int actors) {
        var choices = new ArrayList<List<Verb>>();
        choose(actors, List.of(), choices);
        return choices;
    }

    private static void choose(int actors, List<Verb> chosen, List<List<Verb>> choices) {
        if (chosen.size() == actors) {
            choices.add(chosen);
            return;
        }
        for (var verb : Verb.values()) {
            boolean ordered = chosen.isEmpty() || chosen.get(chosen.size() - 1).compareTo(verb) <= 0;
            // The model keeps one entry of the deny list and one rule of the policy.
            boolean single = (verb == Verb.DENY || verb == Verb.WITHDRAW) && chosen.contains(verb);
            if (ordered && !single) {
                var more = new ArrayList<>(chosen);
                more.add(verb);
                choose(actors, more, choices);
            }
        }
    }

    static World unminted(Kind kind, List<Verb> verbs) {
        var world = World.empty(verbs.size())
                .with(Cell.TIME, 0)
                .with(Cell.POLICY_ALLOWS, 1)
                .with(Cell.PROOF_ISSUED, 0)
                .with(Cell.LIFE, kind.life)
                .with(Cell.DENY_VERSION, 0)
                .with(Cell.KNOWN_VERSION, 0)
                .with(Cell.HELD, 0);
        if (kind.leased) {
            world = world.with(Cell.LEASE, Bounds.LEASE);
        }
        if (kind.uses > 0) {
            world = world.with(Cell.LIMITED, kind.uses);
        }
        for (int id = 0; id < verbs.size(); id++) {
            world = world.with(id, Register.VERB, verbs.get(id).ordinal())
                    .with(id, Register.SKEW, 0)
                    .with(id, Register.AT, 0)
                    .with(id, Register.LOSSES, 1);
        }
        return world;
    }

    /** The token is minted, and its holder has it. */
    static World held(World unminted) {
        var world = unminted.with(Cell.STATE, Stored.ACTIVE.ordinal())
                .with(Cell.MARK, SOMEBODY_BEFORE)
                .with(Cell.CLIENT, 0)
                .with(Cell.ISSUED, 0)
                .with(Cell.EXPIRES, unminted.get(Cell.LIFE))
                .with(Cell.COUNT, 0)
                .with(Cell.USES, 0)
                .with(Cell.HELD, 1);
        if (world.has(Cell.LIMITED)) {
            world = world.with(Cell.LEFT, world.get(Cell.LIMITED));
        }
        if (world.has(Cell.LEASE)) {
            world = world.with(Cell.DEADLINE, world.get(Cell.LEASE));
        }
        return world.with(Cell.INDEXED, 1).with(Cell.INDEX_DEADLINE, Token.deadline(world));
    }
}
