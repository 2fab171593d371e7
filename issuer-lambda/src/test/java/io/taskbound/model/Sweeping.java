// SPDX-License-Identifier: Apache-2.0
package io.taskbound.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One pass of a sweeper: what the index names, what the record says, and the write that re-arms or ends. */
final class Sweeping {
    private static final int QUERY = 0;
    private static final int READ = 1;
    private static final int READ_DENIALS = 2;
    private static final int REARM = 3;
    private static final int END = 4;
    private static final int NONE = -2;
    /** What cannot be brought about with DynamoDB Local, whose indexes do not lag. */
    static final String LAGS = "sees the index as it was before the last change";

    private Sweeping() {}

    static List<Step> next(Actor actor) {
        return switch (actor.at()) {
            case QUERY -> query(actor);
            case READ -> List.of(read(actor));
            case READ_DENIALS -> List.of(decide(Denials.read(actor), Request.READ_DENY_LIST));
            case REARM -> List.of(rearm(actor));
            case END -> List.of(end(actor));
            default -> throw new IllegalStateException();
        };
    }

    private static int cutoff(Actor actor) {
        return actor.now() - (actor.keeps(Clause.SWEEP_WAITS) ? Bounds.GRACE : 0);
    }

    /** The index lags: it may still show the entry before the last change, or not show the last one yet. */
    private static List<Step> query(Actor actor) {
        var world = actor.world();
        var steps = new ArrayList<Step>();
        boolean current = world.has(Cell.INDEXED) && world.get(Cell.INDEX_DEADLINE) <= cutoff(actor);
        steps.add(current ? found(actor) : nothing(actor));
        if (world.has(Cell.STALE_INDEX)) {
            boolean stale = world.get(Cell.STALE_INDEX) <= cutoff(actor);
            steps.add(
                    stale
                            ? actor.goesTo(READ, Request.QUERY_INDEX, LAGS)
                            : actor.isAnswered(Answer.DONE, Request.QUERY_INDEX, LAGS));
        }
        return steps;
    }

    private static Step found(Actor actor) {
        return actor.goesTo(READ, Request.QUERY_INDEX, "finds the token in the index");
    }

    private static Step nothing(Actor actor) {
        return actor.isAnswered(Answer.DONE, Request.QUERY_INDEX, "finds nothing in the index");
    }

    private static Step read(Actor actor) {
        var world = actor.world();
        var seen = Denials.seen(actor)
                .with(Register.SEEN_STATE, world.get(Cell.STATE))
                .with(Register.SEEN_DEADLINE, world.get(Cell.DEADLINE, NONE))
                .with(Register.SEEN_COUNT, world.get(Cell.COUNT))
                .with(Register.SEEN_LEFT, world.get(Cell.LEFT, Bounds.FOREVER))
                .with(Register.SEEN_UNSIGNED, world.get(Cell.UNSIGNED, 0))
                .with(Register.SEEN_CLOSED, closing(actor));
        if (world.has(Cell.CAUSE)) {
            return actor.isAnswered(Answer.DONE, Request.READ_SWEPT, "finds that it has ended");
        }
        return Denials.isKnown(seen)
                ? decide(seen, Request.READ_SWEPT)
                : seen.goesTo(READ_DENIALS, Request.READ_SWEPT, "reads the record; the deny list has moved");
    }

    private static int closing(Actor actor) {
        return actor.keeps(Clause.SWEEP_READS_CONTROL)
                ? Token.closing(actor.world()).map(End::ordinal).orElse(NONE)
                : NONE;
    }

    private static Step decide(Actor actor, Request request) {
        var cause = cause(actor);
        return cause.isEmpty()
                ? actor.goesTo(REARM, request, "finds the deadline moved")
                : actor.with(Register.CAUSE, cause.get().ordinal()).goesTo(END, request, "finds the token dead");
    }

    private static int deadline(Actor actor) {
        int lease = actor.get(Register.SEEN_DEADLINE);
        return lease == NONE
                ? actor.world().get(Cell.EXPIRES)
                : Math.min(lease, actor.world().get(Cell.EXPIRES));
    }

    /** Empty while it lives. A closing of its run counts at once; a denial can be lifted, so it counts at the end. */
    private static Optional<End> cause(Actor actor) {
        if (actor.get(Register.SEEN_LEFT) == 0 && actor.keeps(Clause.SWEEP_READS_USES)) {
            return Optional.of(End.SPENT);
        }
        if (actor.get(Register.SEEN_CLOSED) != NONE) {
            return Optional.of(End.of(actor.get(Register.SEEN_CLOSED)));
        }
        if (deadline(actor) > cutoff(actor) && actor.keeps(Clause.SWEEP_READS_RECORD)) {
            return Optional.empty();
        }
        return Optional.of(isDenied(actor) ? End.DENIED : byTheClock(actor));
    }

    private static boolean isDenied(Actor actor) {
        return Denials.inForce(actor) && actor.world().get(Cell.KNOWN_SINCE) < deadline(actor);
    }

    private static End byTheClock(Actor actor) {
        int lease = actor.get(Register.SEEN_DEADLINE);
        return lease != NONE && lease < actor.world().get(Cell.EXPIRES) ? End.LAPSED : End.EXPIRED;
    }

    private static boolean isLeaseAsSeen(Actor actor) {
        return actor.world().get(Cell.DEADLINE, NONE) == actor.get(Register.SEEN_DEADLINE);
    }

    private static boolean isUnended(Actor actor) {
        return Token.isActive(actor.world()) && !actor.world().has(Cell.CAUSE);
    }

    private static Step rearm(Actor actor) {
        var world = actor.world();
        boolean asSeen = isUnended(actor) && isLeaseAsSeen(actor) || !actor.keeps(Clause.REARM_AS_SEEN);
        return asSeen
                ? actor.in(Token.indexed(world, rearmed(actor)))
                        .isAnswered(Answer.DONE, Request.REARM, "moves the index entry to the new deadline")
                        .breaking(!isUnended(actor), Invariant.ENDED_STAYS)
                : actor.isAnswered(Answer.DONE, Request.REARM, "finds the record changed");
    }

    /** The lease of a token without a signature begins when that is made, which may be soon. */
    private static int rearmed(Actor actor) {
        boolean waits = actor.get(Register.SEEN_UNSIGNED) == 1
                && actor.world().has(Cell.LEASE)
                && actor.keeps(Clause.REARM_UNSIGNED_BY_LEASE);
        return waits ? Math.min(deadline(actor), cutoff(actor) + actor.world().get(Cell.LEASE)) : deadline(actor);
    }

    private static Step end(Actor actor) {
        var world = actor.world();
        boolean holds = (isUnended(actor) || !actor.keeps(Clause.SWEEP_UNENDED))
                && (isLeaseAsSeen(actor) || !actor.keeps(Clause.SWEEP_LEASE_AS_SEEN));
        if (holds) {
            return ended(actor);
        }
        boolean own = world.get(Cell.CLOSING_MARK, -1) == actor.id() && actor.keeps(Clause.SWEEP_KNOWS_ITS_WRITE);
        boolean speaks = own || world.has(Cell.CAUSE) && !actor.keeps(Clause.SWEEP_WINNER_SPEAKS);
        return speaks
                ? actor.speaks(Answer.DONE, Request.END_SWEPT, "finds the end that it wrote")
                : actor.isAnswered(Answer.DONE, Request.END_SWEPT, "finds the record changed, and leaves it");
    }

    private static Step ended(Actor actor) {
        var world = actor.world();
        var cause = End.of(actor.get(Register.CAUSE));
        boolean clock = cause == End.LAPSED || cause == End.EXPIRED;
        int at = clock && actor.keeps(Clause.SWEEP_AT_DEADLINE) ? deadline(actor) : actor.now();
        var written = Token.ended(world, actor.id(), cause, at);
        boolean closed = Token.closing(world).isPresent() && wasClosedInTime(world);
        boolean untrue = clock && (closed || at != Token.deadline(world));
        return actor.in(actor.keeps(Clause.SWEEP_LEAVES_INDEX) ? Token.outOfIndex(written) : written)
                .speaks(Answer.DONE, Request.END_SWEPT, "writes the end that it found: " + cause)
                .breaking(clock && world.get(Cell.TIME) < Token.deadline(world), Invariant.NOT_EARLY)
                .breaking(untrue, Invariant.TRUE_CAUSE);
    }

    /** Somebody was told of the closing before the deadline. */
    private static boolean wasClosedInTime(World world) {
        return world.has(Cell.CLOSE_TOLD) && world.get(Cell.CLOSE_TOLD) < Token.deadline(world);
    }
}
