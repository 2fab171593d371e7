// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import com.nimbusds.jose.jwk.ECKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * The issuer's public keys, fetched when first needed. Kept {@link #FRESH}; used up to {@link #STALE} when the issuer
 * is away. Single flight: of many threads that need a fetch one makes it and the rest take its result. A kid that is
 * not there is looked for again only {@link #COOL_DOWN} after the last fetch, so that forged kids cannot flood the
 * issuer; who asks for it sooner learns when to ask again, since the issuer may have published it meanwhile.
 *
 * <p>Not Nimbus' {@code JWKSourceBuilder}: its rate limit lets two fetches through per interval where this makes one,
 * and answers the next kid with an error, so that a forged kid would look like an outage; it pauses equally long after
 * a good fetch and a failed one; and it reads the machine's clock where {@link TaskVerifier.Builder#clock} promises the
 * caller's.
 */
final class IssuerKeys {
    static final Duration FRESH = Duration.ofMinutes(10);
    static final Duration STALE = Duration.ofHours(1);
    static final Duration COOL_DOWN = Duration.ofSeconds(30);
    /** After a failed fetch; short, since good tokens wait for it. */
    static final Duration FAILURE_COOL_DOWN = Duration.ofSeconds(5);

    private final KeySource source;
    private final ReentrantLock fetching = new ReentrantLock();
    private volatile State state = new State(Map.of(), Instant.MIN, Instant.MIN, Optional.empty(), 0);

    /** Asks the issuer once; holds the answer to one fetch. */
    interface KeySource {
        Fetched fetch();
    }

    /** Keys by kid, or why there are none. */
    sealed interface Fetched {
        record Keys(Map<String, ECKey> byId) implements Fetched {}

        record Failed(Outage outage) implements Fetched {}

        default <T> T match(Function<Keys, T> keys, Function<Failed, T> failed) {
            return this instanceof Keys it ? keys.apply(it) : failed.apply((Failed) this);
        }
    }

    private record State(
            Map<String, ECKey> keys, Instant loadedAt, Instant triedAt, Optional<Outage> failure, long tries) {
        boolean loadedWithin(Duration age, Instant now) {
            return loadedAt.isAfter(now.minus(age));
        }

        boolean mayFetch(Instant now) {
            Duration pause = failure.isPresent() ? FAILURE_COOL_DOWN : COOL_DOWN;
            return !triedAt.isAfter(now.minus(pause));
        }
    }

    IssuerKeys(KeySource source) {
        this.source = source;
    }

    /** What is known of a kid; the key, its absence from a loaded set, or an outage. */
    Lookup find(String kid, Instant now) {
        State known = state;
        if (known.loadedWithin(FRESH, now) && known.keys().containsKey(kid)) {
            return read(known, known, kid, now);
        }
        refresh(known, kid, now);
        return read(known, state, kid, now);
    }

    private void refresh(State seen, String kid, Instant now) {
        boolean canDoWithout = seen.loadedWithin(STALE, now) && seen.keys().containsKey(kid);
        if (canDoWithout ? !fetching.tryLock() : !locked()) {
            return;
        }
        try {
            // Another thread may have fetched while this one waited for the lock: then its fetch is too recent for
            // another.
            if (state.mayFetch(now)) {
                state = next(state, source.fetch(), now);
            }
        } finally {
            fetching.unlock();
        }
    }

    private boolean locked() {
        fetching.lock();
        return true;
    }

    private static State next(State before, Fetched fetched, Instant now) {
        return fetched.match(
                loaded -> new State(Map.copyOf(loaded.byId()), now, now, Optional.empty(), before.tries() + 1),
                failed -> new State(
                        before.keys(), before.loadedAt(), now, Optional.of(failed.outage()), before.tries() + 1));
    }

    private static Lookup read(State before, State state, String kid, Instant now) {
        Optional<ECKey> key = Optional.ofNullable(state.keys().get(kid));
        if (state.loadedWithin(STALE, now) && key.isPresent()) {
            return new Lookup.Found(key.get());
        }
        if (state.failure().isPresent()) {
            return new Lookup.Unavailable(state.failure().get());
        }
        // Only a set that was fetched since the question can answer it.
        return state.tries() == before.tries()
                ? new Lookup.Unavailable(askedRecently(state, now))
                : new Lookup.Unknown();
    }

    private static Outage askedRecently(State state, Instant now) {
        var left = Duration.between(now, state.triedAt().plus(COOL_DOWN)).plusMillis(999);
        return new Outage(
                Outage.Kind.BUSY,
                "the token's key id is not among the issuer's keys, which were fetched less than "
                        + COOL_DOWN.toSeconds() + " s ago",
                Optional.of(Duration.ofSeconds(Math.max(1, left.toSeconds()))),
                Optional.empty(),
                0,
                false);
    }

    /** The answer about one kid. */
    sealed interface Lookup {
        record Found(ECKey key) implements Lookup {}

        record Unknown() implements Lookup {}

        record Unavailable(Outage outage) implements Lookup {}
    }
}
