// SPDX-License-Identifier: Apache-2.0
package io.taskbound.model;

import java.util.Optional;
import java.util.Set;

/**
 * One actor in a world, about to make a step.
 *
 * @param without the clauses that are taken away
 */
record Actor(World world, int id, Set<Clause> without) {
    /** Where an actor is that tells of the end it wrote. */
    static final int SPEAKS = 90;
    /** Where it is when it has its answer, or is dead. */
    static final int OVER = 99;

    static final int TOLD_CLOSE = 1;
    static final int TOLD_DENIAL = 2;

    boolean keeps(Clause clause) {
        return !without.contains(clause);
    }

    Verb verb() {
        return Verb.values()[world.get(id, Register.VERB)];
    }

    int at() {
        return world.get(id, Register.AT);
    }

    /** By the clock of the machine that serves it, when its request began. */
    int now() {
        return world.get(id, Register.BEGAN) + world.get(id, Register.SKEW);
    }

    int get(Register register) {
        return world.get(id, register);
    }

    boolean has(Register register) {
        return world.has(id, register);
    }

    Actor in(World other) {
        return new Actor(other, id, without);
    }

    Actor with(Register register, int value) {
        return in(world.with(id, register, value));
    }

    /** Makes this request, and another one next. */
    Step goesTo(int next, Request request, String words) {
        return new Step(id, Step.Kind.TAKEN, request, words, world.with(id, Register.AT, next), Optional.empty());
    }

    /** Makes this request, and is done. */
    Step isAnswered(Answer answer, Request request, String words) {
        return new Step(id, Step.Kind.TAKEN, request, words, over(world, id, answer), Optional.empty());
    }

    /** Makes this request, which wrote the end, and tells of that before it answers. */
    Step speaks(Answer answer, Request request, String words) {
        var told = world.with(id, Register.ANSWER, answer.ordinal()).with(id, Register.AT, SPEAKS);
        return new Step(id, Step.Kind.TAKEN, request, words, told, Optional.empty());
    }

    /** An actor that is done remembers nothing, so that worlds that differ in nothing else are one. */
    static World over(World world, int id, Answer answer) {
        var bare = world;
        for (var register : Register.values()) {
            if (register != Register.VERB && register != Register.SKEW) {
                bare = bare.without(id, register);
            }
        }
        var done = bare.with(id, Register.AT, OVER).with(id, Register.ANSWER, answer.ordinal());
        return answer == Answer.CLOSED && !done.has(Cell.CLOSE_TOLD)
                ? done.with(Cell.CLOSE_TOLD, done.get(Cell.TIME))
                : done;
    }
}
