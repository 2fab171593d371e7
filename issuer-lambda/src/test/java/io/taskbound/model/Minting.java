// SPDX-License-Identifier: Apache-2.0
package io.taskbound.model;

import java.util.List;

/** Put if absent; read what was closed and denied; sign; close the own record when it may not be granted. */
final class Minting {
    private static final int PUT = 0;
    private static final int READ = 1;
    private static final int READ_DENIALS = 2;
    private static final int WITHDRAW = 3;
    private static final int MARK_SIGNED = 4;
    private static final int MARK_UNSIGNED = 5;
    private static final int FIND = 6;
    private static final int LATE_PUT = 7;
    private static final int MARK_REFUSED = 8;

    private Minting() {}

    static List<Step> next(Actor actor) {
        return List.of(
                switch (actor.at()) {
                    case PUT -> begin(actor);
                    case READ -> read(actor);
                    case READ_DENIALS -> decide(Denials.read(actor), Request.READ_DENY_LIST);
                    case WITHDRAW -> withdraw(actor);
                    case MARK_SIGNED -> markSigned(actor);
                    case MARK_UNSIGNED -> markUnsigned(actor);
                    case FIND -> find(actor);
                    case LATE_PUT -> put(actor);
                    case MARK_REFUSED -> markRefused(actor);
                    default -> throw new IllegalStateException();
                });
    }

    private static Step begin(Actor actor) {
        boolean unproven = actor.verb() == Verb.MINT_UNPROVEN;
        if (unproven && actor.keeps(Clause.MINT_VERIFIES)) {
            return actor.isAnswered(Answer.REFUSED, Request.NONE, "is refused: the ID token does not verify");
        }
        // Decided once: the SDK repeats the put, not the decision.
        boolean refused = !actor.has(Register.SEEN_TOLD) && !actor.world().has(Cell.POLICY_ALLOWS);
        if (refused && actor.keeps(Clause.MINT_ASKS_POLICY)) {
            return actor.isAnswered(Answer.REFUSED, Request.NONE, "is refused by the policy");
        }
        boolean told = actor.world().has(Cell.CLOSE_TOLD) || actor.world().has(Cell.DENY_TOLD);
        var fresh = actor.has(Register.SEEN_TOLD) ? actor : actor.with(Register.SEEN_TOLD, told ? 1 : 0);
        var begun = unproven || refused ? fresh.with(Register.FORBIDDEN, 1) : fresh;
        if (!actor.keeps(Clause.MINT_PUTS_BEFORE_IT_READS)) {
            return seen(begun).goesTo(LATE_PUT, Request.READ_BLOCKS, "reads what was closed before it puts anything");
        }
        return put(begun);
    }

    private static Step put(Actor actor) {
        var world = actor.world();
        if (!Token.isThere(world) || !actor.keeps(Clause.MINT_IF_ABSENT)) {
            return put(actor.in(fresh(actor)), "puts the record");
        }
        if (world.get(Cell.MARK) == actor.id() && actor.keeps(Clause.MINT_KNOWS_ITS_PUT)) {
            return put(actor, "finds its own record");
        }
        boolean own = world.get(Cell.MARK) == actor.id();
        return mayRepeat(actor)
                ? put(repeating(actor), "finds the record and may be answered again")
                : actor.isAnswered(Answer.REFUSED, Request.PUT_TOKEN, "finds a record: a replay")
                        .breaking(own, Invariant.OWN_ANSWER);
    }

    private static Step put(Actor actor, String words) {
        var seen = actor.with(Register.SEEN_UNSIGNED, actor.world().get(Cell.UNSIGNED, 0));
        return actor.at() == LATE_PUT ? decide(seen, Request.PUT_TOKEN) : seen.goesTo(READ, Request.PUT_TOKEN, words);
    }

    private static World fresh(Actor actor) {
        var start = actor.world();
        int now = actor.now();
        var world = start.with(Cell.STATE, Stored.ACTIVE.ordinal())
                .with(Cell.MARK, actor.id())
                .with(Cell.CLIENT, client(actor))
                .with(Cell.ISSUED, now)
                .with(Cell.EXPIRES, now + start.get(Cell.LIFE))
                .with(Cell.COUNT, 0)
                .with(Cell.USES, 0);
        if (start.has(Cell.LEASE)) {
            world = world.with(Cell.DEADLINE, now + start.get(Cell.LEASE));
        }
        if (start.has(Cell.LIMITED)) {
            world = world.with(Cell.LEFT, start.get(Cell.LIMITED));
        }
        return Token.indexed(world, Token.deadline(world));
    }

    private static int client(Actor actor) {
        return actor.verb() == Verb.MINT_BY_COPY ? 1 : 0;
    }

    private static Actor repeating(Actor actor) {
        var there = actor.world();
        return actor.with(Register.REPEAT, 1)
                .with(Register.SEEN_STATE, Token.isAlive(there, actor.now()) ? 1 : 0)
                .with(Register.SEEN_COUNT, there.get(Cell.COUNT));
    }

    /** The record as the refused put returned it. */
    private static boolean mayRepeat(Actor actor) {
        var there = actor.world();
        if (actor.verb() == Verb.MINT_WITHOUT_CHALLENGE) {
            return false;
        }
        boolean same = there.get(Cell.CLIENT) == client(actor) || !actor.keeps(Clause.REPEAT_FOR_ONE_CLIENT);
        boolean alive = Token.isAlive(there, actor.now()) || !actor.keeps(Clause.REPEAT_WHILE_ALIVE);
        boolean unused = there.get(Cell.COUNT) == 0 || !actor.keeps(Clause.REPEAT_BEFORE_USE);
        return same && alive && unused && isYoung(actor);
    }

    private static boolean isYoung(Actor actor) {
        return actor.world().has(Cell.UNSIGNED)
                || actor.now() <= actor.world().get(Cell.ISSUED) + Bounds.YOUNG
                || !actor.keeps(Clause.REPEAT_WHILE_YOUNG);
    }

    private static Step read(Actor actor) {
        var seen = seen(actor);
        return Denials.isKnown(seen)
                ? decide(seen, Request.READ_BLOCKS)
                : seen.goesTo(READ_DENIALS, Request.READ_BLOCKS, "reads what was closed; the deny list has moved");
    }

    private static Actor seen(Actor actor) {
        boolean closed = Token.closing(issued(actor)).isPresent() && actor.keeps(Clause.MINT_READS_CONTROL);
        return Denials.seen(actor).with(Register.SEEN_CLOSED, closed ? 1 : 0);
    }

    private static World issued(Actor actor) {
        var world = actor.world();
        return world.has(Cell.ISSUED) ? world : world.with(Cell.ISSUED, actor.now());
    }

    private static Step decide(Actor actor, Request request) {
        boolean denied = Denials.inForce(actor) && actor.keeps(Clause.MINT_READS_DENIALS);
        if (denied || actor.get(Register.SEEN_CLOSED) == 1) {
            var cause = denied ? End.DENIED : End.RUN_CLOSED;
            return actor.keeps(Clause.MINT_CLOSES_ITS_OWN)
                    ? actor.with(Register.CAUSE, cause.ordinal())
                            .goesTo(actor.has(Register.REPEAT) ? WITHDRAW : MARK_REFUSED, request, "may not grant")
                    : actor.isAnswered(Answer.REFUSED, request, "may not grant, and leaves its record");
        }
        return signed(actor, request);
    }

    private static Step signed(Actor actor, Request request) {
        if (actor.verb() == Verb.MINT_UNSIGNED) {
            boolean marks = !actor.has(Register.REPEAT) || !actor.keeps(Clause.REPEAT_LEAVES_LEASE);
            return marks
                    ? actor.goesTo(MARK_UNSIGNED, request, "gets no signature")
                    : actor.isAnswered(Answer.AWAY, request, "gets no signature");
        }
        return actor.get(Register.SEEN_UNSIGNED) == 1
                ? actor.goesTo(MARK_SIGNED, request, "has the signature that was not made before")
                : granted(actor, request);
    }

    private static Step granted(Actor actor, Request request) {
        var world = actor.world();
        int bit = 1 << client(actor);
        boolean again = actor.has(Register.REPEAT);
        boolean late = again
                && actor.get(Register.SEEN_UNSIGNED) == 0
                && (actor.now() > world.get(Cell.ISSUED) + Bounds.YOUNG);
        return actor.in(world.with(Cell.HELD, world.get(Cell.HELD) | bit))
                .isAnswered(again ? Answer.REPEATED : Answer.GRANTED, request, "gives out the token")
                .breaking(actor.has(Register.FORBIDDEN), Invariant.PROVEN)
                .breaking((world.get(Cell.HELD) & ~bit) != 0, Invariant.ONE_TOKEN)
                .breaking(late || again && actor.get(Register.SEEN_COUNT) > 0, Invariant.ONE_TOKEN)
                .breaking(again && actor.get(Register.SEEN_STATE) == 0, Invariant.GRANTED_ALIVE)
                .breaking(wasTold(actor), Invariant.GRANTED_ALIVE);
    }

    /** Closed or denied before this mint began. A denial may be lifted since. */
    private static boolean wasTold(Actor actor) {
        boolean still = actor.world().has(Cell.CLOSE_TOLD) || actor.world().has(Cell.DENY_TOLD);
        return actor.get(Register.SEEN_TOLD) == 1 && still;
    }

    private static Step withdraw(Actor actor) {
        return Closing.close(actor, End.values()[actor.get(Register.CAUSE)], Answer.REFUSED);
    }

    /** Nobody was given the token, so it must not use up its run's only one. */
    private static Step markRefused(Actor actor) {
        return isMarkable(actor)
                ? marked(actor)
                        .goesTo(WITHDRAW, Request.MARK_UNSIGNED, "marks the record unsigned")
                        .breaking(actor.world().has(Cell.CAUSE), Invariant.ENDED_STAYS)
                : actor.goesTo(WITHDRAW, Request.MARK_UNSIGNED, "cannot mark the record: it has ended");
    }

    private static Step markUnsigned(Actor actor) {
        var world = actor.world();
        return isMarkable(actor)
                ? marked(actor)
                        .isAnswered(Answer.AWAY, Request.MARK_UNSIGNED, "marks the record unsigned")
                        .breaking(world.has(Cell.CAUSE), Invariant.ENDED_STAYS)
                        .breaking(actor.has(Register.REPEAT) && world.get(Cell.HELD) != 0, Invariant.HELD_LEASE)
                : actor.isAnswered(Answer.AWAY, Request.MARK_UNSIGNED, "cannot mark the record: it has ended");
    }

    private static boolean isMarkable(Actor actor) {
        var world = actor.world();
        return Token.isActive(world) && !world.has(Cell.CAUSE) || !actor.keeps(Clause.UNSIGNED_UNENDED);
    }

    private static Actor marked(Actor actor) {
        var unsigned = actor.world().with(Cell.UNSIGNED, 1);
        return actor.in(unsigned.has(Cell.LEASE) ? unsigned.with(Cell.DEADLINE, unsigned.get(Cell.EXPIRES)) : unsigned);
    }

    private static Step markSigned(Actor actor) {
        var world = actor.world();
        boolean holds = (Token.isActive(world) || !actor.keeps(Clause.SIGNED_ACTIVE))
                && (actor.now() < world.get(Cell.EXPIRES) || !actor.keeps(Clause.SIGNED_IN_TIME))
                && (world.has(Cell.UNSIGNED) || !actor.keeps(Clause.SIGNED_IF_UNSIGNED));
        if (!holds) {
            return actor.goesTo(FIND, Request.MARK_SIGNED, "finds nothing to mark signed");
        }
        return actor.in(begun(actor))
                .goesTo(FIND, Request.MARK_SIGNED, "marks the record signed, and the lease begins")
                .breaking(!world.has(Cell.UNSIGNED) && world.get(Cell.HELD) != 0, Invariant.HELD_LEASE)
                .breaking(world.has(Cell.CAUSE) || !Token.inTime(world, actor.now()), Invariant.LIVE_RENEWAL);
    }

    /** The lease begins. */
    private static World begun(Actor actor) {
        var signed = actor.world().without(Cell.UNSIGNED);
        if (!signed.has(Cell.LEASE)) {
            return signed;
        }
        return signed.with(Cell.DEADLINE, actor.now() + signed.get(Cell.LEASE));
    }

    private static Step find(Actor actor) {
        var world = actor.world();
        boolean fine = !world.has(Cell.UNSIGNED) && Token.isAlive(world, actor.now());
        return fine || !actor.keeps(Clause.SIGNED_IS_LOOKED_AT)
                ? granted(actor, Request.FIND).breaking(!fine, Invariant.GRANTED_ALIVE)
                : actor.isAnswered(Answer.REFUSED, Request.FIND, "finds that the token died meanwhile");
    }
}
