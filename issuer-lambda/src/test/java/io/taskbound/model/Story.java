// SPDX-License-Identifier: Apache-2.0
package io.taskbound.model;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A trace in plain words. */
final class Story {
    private Story() {}

    static String of(Explorer.Violation violation) {
        var start = violation.trace().begin();
        var steps = violation.trace().steps();
        var told = IntStream.range(0, steps.size())
                .mapToObj(at -> String.format(Locale.ROOT, "  %2d. %s", at + 1, line(start, steps.get(at))))
                .collect(Collectors.joining("\n"));
        return "violated: " + violation.invariant() + " ("
                + violation.invariant().words() + ")\n" + scene(start) + "\n" + told;
    }

    /** Who takes part, and of what kind the token is. */
    static String scene(World start) {
        var actors = IntStream.range(0, start.actors())
                .mapToObj(id -> (char) ('A' + id) + " " + verb(start, id).words() + clock(start, id))
                .collect(Collectors.joining("; "));
        var uses = start.has(Cell.LIMITED) ? start.get(Cell.LIMITED) + " use(s)" : "unlimited uses";
        return "a token with " + uses + (start.has(Cell.LEASE) ? " and a lease" : " and no lease")
                + (Token.isThere(start) ? ", minted and held; " : ", not yet minted; ") + actors;
    }

    private static String clock(World start, int id) {
        int skew = start.get(id, Register.SKEW);
        return skew == 0 ? "" : skew > 0 ? " (its clock 30 s ahead)" : " (its clock 30 s behind)";
    }

    private static Verb verb(World world, int id) {
        return Verb.values()[world.get(id, Register.VERB)];
    }

    private static String line(World start, Step step) {
        if (step.actor() == Step.TIME) {
            return step.words();
        }
        var who = (char) ('A' + step.actor()) + ", " + verb(start, step.actor()).words() + ", ";
        var request = step.request() == Request.NONE
                ? ""
                : " [" + step.request().operation() + ", "
                        + step.request().name().toLowerCase(Locale.ROOT).replace('_', ' ') + "]";
        return who
                + step.words()
                + request
                + (step.kind() == Step.Kind.ANSWER_LOST ? "; the answer is lost and the request will be repeated" : "");
    }
}
