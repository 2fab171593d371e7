// SPDX-License-Identifier: Apache-2.0
package io.taskbound.model;

import java.util.List;

/** What is done with a token: a look at record, control item and deny list, and the write that looks again. */
final class Using {
    private static final int LOOK = 0;
    private static final int READ_DENIALS = 1;
    private static final int WRITE = 2;
    private static final int END_SPENT = 3;
    private static final int COUNT_ONLY = 4;

    private Using() {}

    static List<Step> next(Actor actor) {
        return List.of(
                switch (actor.at()) {
                    case LOOK -> look(actor);
                    case READ_DENIALS -> decide(Denials.read(actor), Request.READ_DENY_LIST);
                    case WRITE -> renews(actor) ? renew(actor) : count(actor);
                    case END_SPENT -> endSpent(actor);
                    case COUNT_ONLY -> countOnly(actor);
                    default -> throw new IllegalStateException();
                });
    }

    private static boolean renews(Actor actor) {
        return actor.verb() == Verb.RENEW || actor.verb() == Verb.RENEW_BY_COPY;
    }

    private static Step look(Actor actor) {
        var world = actor.world();
        if (world.get(Cell.HELD) == 0) {
            return actor.isAnswered(Answer.INACTIVE, Request.NONE, "has no token to present");
        }
        int told = (world.has(Cell.CLOSE_TOLD) ? Actor.TOLD_CLOSE : 0)
                | (world.has(Cell.DENY_TOLD) ? Actor.TOLD_DENIAL : 0);
        var seen = Denials.seen(actor)
                .with(Register.SEEN_TOLD, told)
                .with(Register.SEEN_LEFT, world.get(Cell.LEFT, Bounds.FOREVER))
                .with(Register.SEEN_STATE, isFit(actor) ? 1 : 0);
        return Denials.isKnown(seen)
                ? decide(seen, Request.LOOK)
                : seen.goesTo(READ_DENIALS, Request.LOOK, "looks; the deny list has moved");
    }

    /** As this verb asks of the record and its control item: a use leaves the rest to its write. */
    private static boolean isFit(Actor actor) {
        var world = actor.world();
        boolean closed = Token.closing(world).isPresent() && actor.keeps(Clause.LOOK_READS_CONTROL);
        int state = world.get(Cell.STATE);
        if (actor.verb() == Verb.REDEEM || actor.verb() == Verb.REDEEM_SHARED) {
            return !closed && state != Stored.CLOSED.ordinal();
        }
        int now = actor.now();
        boolean active = state == Stored.ACTIVE.ordinal() || !actor.keeps(Clause.LOOK_COMPARES_STATE);
        boolean unexpired = now < world.get(Cell.EXPIRES)
                || !actor.keeps(renews(actor) ? Clause.RENEW_BEFORE_EXPIRY : Clause.LOOK_COMPARES_EXPIRY);
        boolean leased = !Token.hasLapsed(world, now)
                || !actor.keeps(renews(actor) ? Clause.RENEW_WITHIN_LEASE : Clause.LOOK_COMPARES_LEASE);
        return active && !closed && unexpired && leased && !Token.isSpent(world) && isHolder(actor) && hasLease(actor);
    }

    private static boolean isHolder(Actor actor) {
        return actor.verb() != Verb.RENEW_BY_COPY || !actor.keeps(Clause.RENEW_BY_HOLDER);
    }

    private static boolean hasLease(Actor actor) {
        return !renews(actor) || actor.world().has(Cell.LEASE);
    }

    private static Step decide(Actor actor, Request request) {
        boolean denied = Denials.inForce(actor) && actor.keeps(Clause.LOOK_READS_DENIALS);
        boolean fit = actor.get(Register.SEEN_STATE) == 1 && !denied;
        if (actor.verb() != Verb.LOOK) {
            return fit
                    ? actor.goesTo(WRITE, request, "finds the token fit")
                    : actor.isAnswered(Answer.REFUSED, request, "finds the token dead");
        }
        int now = actor.now();
        return fit
                ? actor.isAnswered(Answer.ACTIVE, request, "answers: active")
                        .breaking(wasTold(actor), Invariant.CLOSED_IS_DEAD)
                        .breaking(!Token.inTime(actor.world(), now), Invariant.DEAD_IN_TIME)
                : actor.isAnswered(Answer.INACTIVE, request, "answers: inactive");
    }

    /** Closed or denied, and somebody had been told so before this request began. A denial may be lifted since. */
    private static boolean wasTold(Actor actor) {
        int told = actor.get(Register.SEEN_TOLD);
        return (told & Actor.TOLD_CLOSE) != 0
                || (told & Actor.TOLD_DENIAL) != 0 && actor.world().has(Cell.DENY_TOLD);
    }

    private static Step renew(Actor actor) {
        var world = actor.world();
        int now = actor.now();
        boolean holds = (Token.isActive(world) || !actor.keeps(Clause.RENEW_ACTIVE))
                && (now < world.get(Cell.EXPIRES) || !actor.keeps(Clause.RENEW_BEFORE_EXPIRY))
                && (now < world.get(Cell.DEADLINE) || !actor.keeps(Clause.RENEW_WITHIN_LEASE))
                && (!Token.isSpent(world) || !actor.keeps(Clause.RENEW_UNSPENT))
                && isHolder(actor);
        if (!holds) {
            return actor.isAnswered(Answer.REFUSED, Request.RENEW, "finds that it died meanwhile");
        }
        var renewed = world.with(Cell.DEADLINE, now + world.get(Cell.LEASE)).without(Cell.UNSIGNED);
        return actor.in(renewed)
                .isAnswered(Answer.RENEWED, Request.RENEW, "renews the lease")
                .breaking(!Token.isActive(world) || Token.isSpent(world), Invariant.LIVE_RENEWAL)
                .breaking(actor.verb() == Verb.RENEW_BY_COPY, Invariant.LIVE_RENEWAL)
                .breaking(!Token.inTime(world, now), Invariant.DEAD_IN_TIME)
                .breaking(wasTold(actor), Invariant.CLOSED_IS_DEAD);
    }

    private static int key(Actor actor) {
        return 1 << (actor.verb() == Verb.REDEEM_SHARED ? 0 : actor.id() + 1);
    }

    private static boolean isKnown(Actor actor) {
        return (actor.world().get(Cell.USES) & key(actor)) != 0;
    }

    private static boolean isPermitted(Actor actor) {
        var world = actor.world();
        int now = actor.now();
        return (Token.isActive(world) || !actor.keeps(Clause.REDEEM_ACTIVE))
                && (now < world.get(Cell.EXPIRES) || !actor.keeps(Clause.REDEEM_BEFORE_EXPIRY))
                && (now < world.get(Cell.DEADLINE, Bounds.FOREVER) || !actor.keeps(Clause.REDEEM_WITHIN_LEASE))
                && (!isKnown(actor) || !actor.keeps(Clause.REDEEM_NEW_USE))
                && (!Token.isSpent(world) || !actor.keeps(Clause.REDEEM_USE_LEFT));
    }

    private static boolean isFull(World world) {
        return !world.has(Cell.LIMITED) && Integer.bitCount(world.get(Cell.USES)) >= Bounds.REMEMBERED;
    }

    private static Step count(Actor actor) {
        var world = actor.world();
        if (!isPermitted(actor) || isFull(world) && actor.keeps(Clause.REDEEM_BOUNDED)) {
            return refused(actor);
        }
        boolean again = isKnown(actor);
        var counted = counted(actor).with(Cell.USES, world.get(Cell.USES) | key(actor));
        if (actor.verb() == Verb.REDEEM_SHARED) {
            counted = counted.with(Cell.SHARED_USE_BY, actor.id());
        }
        boolean last =
                world.has(Cell.LIMITED) && actor.get(Register.SEEN_LEFT) == 1 && actor.keeps(Clause.LAST_USE_ENDS);
        var after = last ? spentBy(actor, counted) : counted;
        return firstUse(actor.in(after), Request.COUNT_USE, last)
                .breaking(!Token.isActive(world), Invariant.ENDED_STAYS)
                .breaking(again || counted.get(Cell.LEFT, 0) < 0, Invariant.COUNTED_USES)
                .breaking(isFull(world), Invariant.BOUNDED_RECORD)
                .breaking(wasTold(actor), Invariant.CLOSED_IS_DEAD)
                .breaking(!Token.inTime(world, actor.now()), Invariant.DEAD_IN_TIME);
    }

    private static World counted(Actor actor) {
        var world = actor.world().counting(Cell.COUNT);
        return world.has(Cell.LIMITED) ? world.with(Cell.LEFT, world.get(Cell.LEFT) - 1) : world;
    }

    private static World spentBy(Actor actor, World counted) {
        return Token.outOfIndex(Token.ended(counted, actor.id(), End.SPENT, actor.now()));
    }

    private static Step firstUse(Actor counted, Request request, boolean ended) {
        var world = counted.world();
        if (ended) {
            return counted.speaks(Answer.FIRST_USE, request, "counts the last use, which ends the token");
        }
        boolean unended = Token.isSpent(world) && !world.has(Cell.CAUSE) && counted.keeps(Clause.SPENT_AFTERWARDS);
        return unended
                ? counted.goesTo(END_SPENT, request, "counts the use, after which none is left")
                : counted.isAnswered(Answer.FIRST_USE, request, "counts the use");
    }

    /** Why the write was refused; and whether it was this very write, repeated. */
    private static Step refused(Actor actor) {
        var world = actor.world();
        if (!Token.isActive(world) || !Token.inTime(world, actor.now())) {
            return hidden(actor).isAnswered(Answer.REFUSED, Request.COUNT_USE, "finds that the token died meanwhile");
        }
        if (isKnown(actor)) {
            return known(actor);
        }
        return isFull(world)
                ? actor.goesTo(COUNT_ONLY, Request.COUNT_USE, "finds that the record remembers enough uses")
                : actor.isAnswered(Answer.REFUSED, Request.COUNT_USE, "finds the token spent");
    }

    /** Its write may have ended the token before somebody closed it, and it does not learn that: nobody says so. */
    private static Actor hidden(Actor actor) {
        var world = actor.world();
        return world.get(Cell.ENDED_BY, -1) == actor.id() ? actor.in(world.with(Cell.SPEAKER_DEAD, 1)) : actor;
    }

    private static Step known(Actor actor) {
        boolean own = actor.verb() == Verb.REDEEM || actor.world().get(Cell.SHARED_USE_BY) == actor.id();
        if (own && actor.keeps(Clause.REDEEM_KNOWS_ITS_WRITE)) {
            boolean ended = actor.world().get(Cell.CLOSING_MARK, -1) == actor.id();
            return ended
                    ? actor.speaks(Answer.FIRST_USE, Request.COUNT_USE, "finds its own use, which ended the token")
                    : firstUse(actor, Request.COUNT_USE, false);
        }
        return actor.isAnswered(Answer.REPEATED_USE, Request.COUNT_USE, "finds the use counted: a repeat")
                .breaking(own, Invariant.OWN_ANSWER)
                .breaking(wasTold(actor), Invariant.CLOSED_IS_DEAD);
    }

    private static Step countOnly(Actor actor) {
        return isPermitted(actor)
                ? actor.in(counted(actor))
                        .isAnswered(Answer.FIRST_USE, Request.COUNT_ONLY, "counts the use without remembering it")
                        .breaking(wasTold(actor), Invariant.CLOSED_IS_DEAD)
                        .breaking(!Token.inTime(actor.world(), actor.now()), Invariant.DEAD_IN_TIME)
                : actor.isAnswered(Answer.REFUSED, Request.COUNT_ONLY, "finds that the token died meanwhile");
    }

    private static Step endSpent(Actor actor) {
        var world = actor.world();
        boolean unended = !world.has(Cell.CAUSE) || !actor.keeps(Clause.SPENT_UNENDED);
        if (Token.isActive(world) && unended) {
            return actor.in(spentBy(actor, world))
                    .speaks(Answer.FIRST_USE, Request.END_SPENT, "writes that the last use ended the token");
        }
        return world.get(Cell.CLOSING_MARK, -1) == actor.id()
                ? actor.speaks(Answer.FIRST_USE, Request.END_SPENT, "finds the end that it wrote")
                : hidden(actor).isAnswered(Answer.FIRST_USE, Request.END_SPENT, "finds that somebody else ended it");
    }
}
