// SPDX-License-Identifier: Apache-2.0
package io.taskbound.model;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Plays an actor against the real ledger: a thread that stops before each request until it is told what becomes of it.
 */
final class Player {
    private static final long PATIENCE_SECONDS = 120;

    /** What becomes of a request. */
    enum Fate {
        TAKEN,
        /** It takes place, and its answer is lost: the client sends it again. */
        ANSWER_LOST,
        /** It takes place, and the process dies before it hears of it. */
        TAKEN_AND_DIES,
        DIES
    }

    /** Ends a process in the middle of what it does. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    /** Where the player stands: before a request, or at its end. */
    record Stand(String operation, Answer answer) {
        boolean isOver() {
            return operation.isEmpty();
        }
    }

    private final BlockingQueue<Fate> fates = new LinkedBlockingQueue<>();
    private final BlockingQueue<Stand> stands = new LinkedBlockingQueue<>();
    private volatile boolean dead;

    /** Starts, and goes as far as the first request. */
    Stand starts(Supplier<Answer> verb) {
        var thread = new Thread(() -> stands.add(new Stand("", play(verb))), "player");
        thread.setDaemon(true);
        thread.start();
        return stand();
    }

    private Answer play(Supplier<Answer> verb) {
        Wire.belongsTo(this);
        try {
            var answer = verb.get();
            return dead ? Answer.DIED : answer;
        } catch (Killed died) {
            return Answer.DIED;
        }
    }

    /** Lets the request go that it stands before, and waits for the next one. */
    Stand goes(Fate fate) {
        fates.add(fate);
        return stand();
    }

    private Stand stand() {
        try {
            var stand = stands.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (stand == null) {
                throw new AssertionError("neither a request nor an answer");
            }
            return stand;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stop);
        }
    }

    boolean isDead() {
        return dead;
    }

    /** Called by the wire in the player's own threads. */
    Object meets(String operation, Callable<Object> request) throws Exception {
        while (!dead) {
            stands.add(new Stand(operation, Answer.DIED));
            var fate = fates.take();
            switch (fate) {
                case TAKEN -> {
                    return request.call();
                }
                case ANSWER_LOST -> unheard(request);
                case TAKEN_AND_DIES -> {
                    dead = true;
                    unheard(request);
                }
                case DIES -> dead = true;
            }
        }
        throw new Killed();
    }

    private static void unheard(Callable<Object> request) {
        try {
            request.call();
        } catch (Exception refused) {
            // A refusal is an answer as well, and as lost.
        }
    }
}
