// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/**
 * One issuer's keys, kept in memory (threat model R34 to R36). One fetch at a time; 10 minutes of normal life, so that
 * a withdrawn key is gone by then; up to one hour more while the issuer is out of reach; a token under an unknown key
 * id, or with a signature that fails under a known one, causes at most one fetch in 30 s however many come. Whoever
 * comes within these 30 s under an unknown key id is told to come again, since the issuer was not asked for it: only
 * what was asked is known.
 *
 * <p>Every issuer has a cache and a lock of its own, so a slow one holds up nobody else's tokens.
 */
final class KeyCache implements IssuerKeys {
    static final Duration LIFE = Duration.ofMinutes(10);
    static final Duration STALE = Duration.ofHours(1);
    static final Duration COOL_DOWN = Duration.ofSeconds(30);
    static final Duration COLD_RETRY = Duration.ofSeconds(5);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(9);
    private static final int MOST_WAITING = 128;

    private final KeyLoader loader;
    private final ReentrantLock fetching = new ReentrantLock();
    private volatile KeyState state = KeyState.NEVER_FETCHED;

    KeyCache(KeyLoader loader) {
        this.loader = loader;
    }

    @Override
    public Answer current(Instant now) {
        var seen = state;
        if (seen.isFresh(now)) {
            return answer(seen.tries(), now);
        }
        if (seen.isUsable(now)) {
            return refreshedIfFree(seen, now);
        }
        return seen.mayTry(now) ? inTurn(seen.tries(), now, () -> fetch(now)) : seen.outOfReach(now);
    }

    @Override
    public Answer again(Answer.Keys seen, Instant now) {
        var present = state;
        if (present.tries() != seen.asked()) {
            // The keys were fetched since this token came: that fetch is the one it is entitled to.
            become(KeyState::lastTryCountsAsForced);
            return answerAgain(seen, now);
        }
        // If a fetch is under way, wait for its result, whoever caused it: it may bring exactly this key.
        if (!present.mayForce(now) && !fetching.isLocked()) {
            return answerAgain(seen, now);
        }
        return inTurn(seen.asked(), now, () -> force(now))
                .match(unused -> answerAgain(seen, now), outOfReach -> outOfReach);
    }

    /** While cached keys can be used, nobody waits: one caller fetches, the others continue with what there is. */
    private Answer refreshedIfFree(KeyState seen, Instant now) {
        if (seen.mayTry(now) && fetching.tryLock()) {
            try {
                unlessDone(seen.tries(), () -> fetch(now));
            } finally {
                fetching.unlock();
            }
        }
        return answer(seen.tries(), now);
    }

    private Answer inTurn(long asked, Instant now, Runnable fetch) {
        if (fetching.getQueueLength() >= MOST_WAITING || !turnCame()) {
            return new Answer.OutOfReach(Duration.ofSeconds(1), KeyTrouble.busy());
        }
        try {
            unlessDone(asked, fetch);
        } finally {
            fetching.unlock();
        }
        return answer(asked, now);
    }

    private boolean turnCame() {
        try {
            return fetching.tryLock(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Those who waited for a fetch find it done, whether or not it went well. */
    private void unlessDone(long asked, Runnable fetch) {
        if (state.tries() == asked) {
            fetch.run();
        }
    }

    private void force(Instant now) {
        if (state.mayForce(now)) {
            become(before -> before.forcedAt(now));
            fetch(now);
        }
    }

    private void fetch(Instant now) {
        try {
            var keys = loader.load();
            become(before -> before.fetched(keys, now));
        } catch (IOException outOfReach) {
            become(before -> before.failed(KeysOutOfReach.trouble(outOfReach), now));
        }
    }

    private synchronized void become(UnaryOperator<KeyState> change) {
        state = change.apply(state);
    }

    private Answer answer(long asked, Instant now) {
        var present = state;
        return answer(present, asked, present.doubt(now), now);
    }

    private Answer answerAgain(Answer.Keys seen, Instant now) {
        var present = state;
        boolean askedSince = present.tries() != seen.asked();
        return answer(
                present, seen.asked(), askedSince ? present.doubt(now) : Optional.of(present.notAskedAgain(now)), now);
    }

    private static Answer answer(KeyState present, long asked, Optional<Answer.OutOfReach> doubt, Instant now) {
        return present.keys()
                .filter(keys -> present.isUsable(now))
                .<Answer>map(keys -> new Answer.Keys(keys, asked, doubt, !present.isFresh(now)))
                .orElseGet(() -> present.outOfReach(now));
    }
}
