// SPDX-License-Identifier: Apache-2.0
package io.taskbound.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** All that can happen next in a world, and what must hold in it. */
final class Model {
    private final Set<Clause> without;

    /** @param without the clauses that are taken away */
    Model(Set<Clause> without) {
        this.without = without;
    }

    /** Every step of every actor, every lost answer, every death, and the passing of time. */
    List<Step> next(World world) {
        var steps = new ArrayList<Step>();
        for (int id = 0; id < world.actors(); id++) {
            if (world.get(id, Register.AT) != Actor.OVER) {
                steps(world, id, steps);
            }
        }
        if (mayPass(world)) {
            var later = world.counting(Cell.TIME).without(Cell.STALE_INDEX);
            steps.add(new Step(Step.TIME, Step.Kind.TIME_PASSES, Request.NONE, "30 s pass", later, Optional.empty()));
        }
        return steps;
    }

    private void steps(World world, int id, List<Step> steps) {
        boolean begun = world.has(id, Register.BEGAN);
        var actor = new Actor(begun ? world : world.with(id, Register.BEGAN, world.get(Cell.TIME)), id, without);
        if (actor.at() == Actor.SPEAKS) {
            steps.add(speak(actor));
        } else {
            for (var step : program(actor)) {
                steps.add(step);
                if (step.request().writes() && actor.has(Register.LOSSES)) {
                    steps.add(unheard(actor, step));
                }
            }
        }
        if (begun) {
            steps.add(death(actor));
        }
    }

    private static List<Step> program(Actor actor) {
        return switch (actor.verb()) {
            case MINT, MINT_UNSIGNED, MINT_WITHOUT_CHALLENGE, MINT_BY_COPY, MINT_UNPROVEN -> Minting.next(actor);
            case LOOK, REDEEM, REDEEM_SHARED, RENEW, RENEW_BY_COPY -> Using.next(actor);
            case CLOSE -> Closing.one(actor);
            case CLOSE_JOB, CLOSE_OTHER_JOB, CLOSE_RUN, END_RUN -> Closing.all(actor);
            case DENY -> Administering.deny(actor);
            case LIFT -> Administering.lift(actor);
            case WITHDRAW -> Administering.withdraw(actor);
            case SWEEP -> Sweeping.next(actor);
        };
    }

    /** The table is as after the request; the actor is where it was, and nobody outside has heard anything. */
    private static Step unheard(Actor before, Step step) {
        var after = step.after();
        // What it had been told before it began does not change with the repetition.
        int known = after.get(before.id(), Register.SEEN_TOLD, 0);
        for (var register : Register.values()) {
            after = before.has(register)
                    ? after.with(before.id(), register, before.get(register))
                    : after.without(before.id(), register);
        }
        for (var told : List.of(Cell.HELD, Cell.CLOSE_TOLD, Cell.WHOLE_TOLD, Cell.DENY_TOLD)) {
            after = before.world().has(told) ? after : after.without(told);
        }
        return new Step(
                before.id(),
                Step.Kind.ANSWER_LOST,
                step.request(),
                step.words(),
                after.without(before.id(), Register.LOSSES).with(before.id(), Register.SEEN_TOLD, known),
                step.broken());
    }

    private static Step death(Actor actor) {
        boolean speaker = actor.world().get(Cell.ENDED_BY, Step.TIME) == actor.id();
        var world = speaker ? actor.world().with(Cell.SPEAKER_DEAD, 1) : actor.world();
        return new Step(
                actor.id(),
                Step.Kind.DIES,
                Request.NONE,
                "dies",
                Actor.over(world, actor.id(), Answer.DIED),
                Optional.empty());
    }

    /** Says how the token ended, and that a close is missing, before it answers. */
    private static Step speak(Actor actor) {
        var world = actor.world().counting(Cell.ENDED_LINES);
        var missing = isMissing(world) ? world.counting(Cell.MISSING_LINES) : world;
        var answer = Answer.values()[actor.get(Register.ANSWER)];
        return actor.in(missing)
                .isAnswered(answer, Request.NONE, isMissing(world) ? "says: ended, missing close" : "says: ended")
                .breaking(isMissing(world) && (Token.isSpent(world) || wasClosedInTime(world)), Invariant.TRUE_MISSING);
    }

    private static boolean isMissing(World world) {
        int cause = world.get(Cell.CAUSE);
        boolean clock = cause == End.LAPSED.ordinal() || cause == End.EXPIRED.ordinal();
        return clock && world.has(Cell.LEASE) && !world.has(Cell.UNSIGNED);
    }

    private static boolean wasClosedInTime(World world) {
        return world.has(Cell.CLOSE_TOLD) && world.get(Cell.CLOSE_TOLD) < Token.deadline(world);
    }

    private static boolean mayPass(World world) {
        int later = world.get(Cell.TIME) + 1;
        for (int id = 0; id < world.actors(); id++) {
            boolean underWay = world.get(id, Register.AT) != Actor.OVER && world.has(id, Register.BEGAN);
            if (underWay && later - world.get(id, Register.BEGAN) > Bounds.LONGEST_REQUEST) {
                return false;
            }
        }
        return later <= world.get(Cell.LIFE) + Bounds.AFTERWARDS;
    }

    /** The invariant that this world breaks by itself, if it breaks one. */
    Optional<Invariant> broken(World world) {
        if (world.get(Cell.END_WRITES, 0) > 1) {
            return Optional.of(Invariant.ONE_END);
        }
        if (world.get(Cell.ENDED_LINES, 0) > 1 || world.get(Cell.MISSING_LINES, 0) > 1) {
            return Optional.of(Invariant.ONE_LINE);
        }
        if (!Token.isThere(world)) {
            return Optional.empty();
        }
        boolean alive = world.get(Cell.HELD) != 0 && Token.isAliveForAll(world, world.get(Cell.TIME));
        if (alive && world.has(Cell.CLOSE_TOLD)) {
            return Optional.of(Invariant.CLOSED_IS_DEAD);
        }
        return brokenInIndex(world).or(() -> isOver(world) ? brokenAtTheEnd(world) : Optional.empty());
    }

    private static Optional<Invariant> brokenInIndex(World world) {
        if (world.has(Cell.CAUSE)) {
            return world.has(Cell.INDEXED) ? Optional.of(Invariant.LEFT_INDEX) : Optional.empty();
        }
        boolean found =
                world.has(Cell.INDEXED) && world.get(Cell.INDEX_DEADLINE) <= Token.deadline(world) + tolerance(world);
        return found ? Optional.empty() : Optional.of(Invariant.EVERY_END);
    }

    /** A clock that is behind may give a lease a deadline that is earlier than the index says. */
    private static int tolerance(World world) {
        for (int id = 0; id < world.actors(); id++) {
            if (world.get(id, Register.SKEW) != 0) {
                return Bounds.SKEW;
            }
        }
        return 0;
    }

    private static boolean isOver(World world) {
        for (int id = 0; id < world.actors(); id++) {
            if (world.get(id, Register.AT) != Actor.OVER) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasDead(World world) {
        for (int id = 0; id < world.actors(); id++) {
            if (world.get(id, Register.ANSWER) == Answer.DIED.ordinal()) {
                return true;
            }
        }
        return false;
    }

    private static Optional<Invariant> brokenAtTheEnd(World world) {
        if (world.has(Cell.WHOLE_TOLD) && !world.has(Cell.CAUSE) && !hasDead(world)) {
            return Optional.of(Invariant.RECORDS_FOLLOW);
        }
        if (Token.isSpent(world) && !world.has(Cell.CAUSE) && !hasDead(world)) {
            return Optional.of(Invariant.EVERY_END);
        }
        if (!world.has(Cell.CAUSE) || world.has(Cell.SPEAKER_DEAD)) {
            return Optional.empty();
        }
        boolean told =
                world.get(Cell.ENDED_LINES, 0) == 1 && world.get(Cell.MISSING_LINES, 0) == (isMissing(world) ? 1 : 0);
        return told ? Optional.empty() : Optional.of(Invariant.TOLD_END);
    }
}
