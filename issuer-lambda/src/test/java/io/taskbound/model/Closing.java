// SPDX-License-Identifier: Apache-2.0
package io.taskbound.model;

import java.util.ArrayList;
import java.util.List;

/** The close of one token; and that of a run or job: control item first, then the records. */
final class Closing {
    private static final int CONTROL = 0;
    private static final int PROOFS = 1;
    private static final int QUERY = 2;
    private static final int RECORD = 3;
    private static final int LATE_CONTROL = 4;

    private Closing() {}

    /** The holder's, who presents the token. */
    static List<Step> one(Actor actor) {
        return List.of(
                actor.world().get(Cell.HELD) == 0
                        ? actor.isAnswered(Answer.DONE, Request.NONE, "has no token to present")
                        : close(actor, End.HOLDER, Answer.CLOSED));
    }

    /** One conditional write to the record. */
    static Step close(Actor actor, End cause, Answer answer) {
        var world = actor.world();
        if (Token.isActive(world) || !actor.keeps(Clause.CLOSE_ACTIVE)) {
            boolean first = !world.has(Cell.CAUSE);
            boolean ends = first || !actor.keeps(Clause.CLOSE_KEEPS_FIRST_END) || !Token.isActive(world);
            var written = ends
                    ? Token.ended(world, actor.id(), cause, actor.now())
                    : world.with(Cell.STATE, Stored.of(cause).ordinal()).with(Cell.CLOSING_MARK, actor.id());
            var closed = actor.in(actor.keeps(Clause.CLOSE_LEAVES_INDEX) ? Token.outOfIndex(written) : written);
            return ends
                    ? closed.speaks(answer, Request.CLOSE, "closes the record")
                    : closed.isAnswered(answer, Request.CLOSE, "closes the record, whose last use had ended it");
        }
        boolean own = world.get(Cell.CLOSING_MARK, -1) == actor.id() && actor.keeps(Clause.CLOSE_KNOWS_ITS_WRITE);
        boolean ended = own && world.get(Cell.CAUSE) != End.SPENT.ordinal();
        return ended
                ? actor.speaks(answer, Request.CLOSE, "finds the record closed by itself")
                : actor.isAnswered(answer, Request.CLOSE, "finds nothing to close");
    }

    static List<Step> all(Actor actor) {
        return switch (actor.at()) {
            case CONTROL -> actor.keeps(Clause.CLOSE_ALL_WRITES_CONTROL_FIRST) ? control(actor) : query(actor);
            case PROOFS -> List.of(proofs(actor));
            case QUERY -> query(actor);
            case RECORD -> List.of(record(actor));
            case LATE_CONTROL ->
                List.of(written(actor).isAnswered(answer(actor), Request.CLOSE_CONTROL, "closes the run"));
            default -> throw new IllegalStateException();
        };
    }

    private static List<Step> control(Actor actor) {
        boolean ahead = proof(actor) > actor.now()
                && actor.keeps(Clause.CLOSE_ALL_CLOSES_PROOFS)
                && ends(actor)
                && actor.verb() != Verb.END_RUN;
        return List.of(seen(written(actor))
                .goesTo(ahead ? PROOFS : QUERY, Request.CLOSE_CONTROL, "writes the closing to the control item"));
    }

    /** What the control item says after the write: the record's end is the first closing that covers it. */
    private static Actor seen(Actor actor) {
        var first = ends(actor) ? Token.closing(actor.world()).orElse(own(actor)) : own(actor);
        return actor.with(Register.CAUSE, first.ordinal());
    }

    private static End own(Actor actor) {
        return switch (actor.verb()) {
            case CLOSE_RUN -> End.RUN;
            case END_RUN -> End.HOOK;
            default -> End.JOB;
        };
    }

    /** {@code iat} of the ID token that closes, made when the closing begins. */
    private static int proof(Actor actor) {
        return actor.get(Register.BEGAN) + actor.world().get(Cell.PROOF_ISSUED);
    }

    private static boolean ends(Actor actor) {
        return actor.verb() != Verb.CLOSE_OTHER_JOB;
    }

    private static Actor written(Actor actor) {
        if (!ends(actor) || !actor.keeps(Clause.CLOSE_ALL_WRITES_CONTROL)) {
            return actor;
        }
        if (actor.verb() == Verb.END_RUN && actor.keeps(Clause.RUN_END_STAYS)) {
            return actor.world().has(Cell.RUN_ENDED)
                    ? actor
                    : actor.in(actor.world().with(Cell.RUN_ENDED, actor.now()));
        }
        boolean job = actor.verb() == Verb.CLOSE_JOB;
        var first = job ? Cell.JOB_CLOSED_FIRST : Cell.RUN_CLOSED_FIRST;
        var closed = moved(actor, job ? Cell.JOB_CLOSED : Cell.RUN_CLOSED, actor.now());
        return closed.world().has(first) ? closed : closed.in(closed.world().with(first, actor.now()));
    }

    private static Step proofs(Actor actor) {
        var cell = actor.verb() == Verb.CLOSE_RUN ? Cell.RUN_CLOSED_PROOFS : Cell.JOB_CLOSED_PROOFS;
        return seen(moved(actor, cell, proof(actor)))
                .goesTo(QUERY, Request.CLOSE_PROOFS, "closes proofs that are dated later");
    }

    private static Actor moved(Actor actor, Cell cell, int to) {
        var world = actor.world();
        boolean forward = !world.has(cell) || world.get(cell) < to || !actor.keeps(Clause.CONTROL_MOVES_FORWARD);
        return forward ? actor.in(world.with(cell, to)) : actor;
    }

    private static Answer answer(Actor actor) {
        return ends(actor) ? Answer.CLOSED : Answer.DONE;
    }

    /** Or the time for the records is over. */
    private static List<Step> query(Actor actor) {
        boolean others = !ends(actor) && actor.keeps(Clause.CLOSE_ALL_OF_ONE_JOB);
        var steps = new ArrayList<Step>();
        if (Token.isActive(actor.world()) && !others) {
            steps.add(actor.goesTo(RECORD, Request.QUERY_RUN, "finds the record active"));
        } else {
            steps.add(after(whole(actor), "finds no active record"));
        }
        steps.add(after(actor, "has no time for the records"));
        return steps;
    }

    private static Actor whole(Actor actor) {
        return ends(actor) ? actor.in(actor.world().with(Cell.WHOLE_TOLD, 1)) : actor;
    }

    private static Step after(Actor actor, String words) {
        return actor.keeps(Clause.CLOSE_ALL_WRITES_CONTROL_FIRST)
                ? actor.isAnswered(answer(actor), Request.QUERY_RUN, words)
                : actor.goesTo(LATE_CONTROL, Request.QUERY_RUN, words);
    }

    private static Step record(Actor actor) {
        int cause = actor.world().get(actor.id(), Register.CAUSE, own(actor).ordinal());
        return close(actor, End.of(cause), answer(actor)).breaking(!ends(actor), Invariant.OWN_REASON);
    }
}
