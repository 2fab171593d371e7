// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a {@link KeyCache} knows at one moment, and what it may do then. {@code tries} counts the fetches begun, so that
 * whoever waited for one can tell that it was made.
 */
record KeyState(
        Optional<PublishedKeys> keys,
        Instant fetchedAt,
        long tries,
        Instant triedAt,
        boolean lastFailed,
        Instant forcedAt) {
    static final KeyState NEVER_FETCHED =
            new KeyState(Optional.empty(), Instant.EPOCH, 0, Instant.EPOCH, false, Instant.EPOCH);

    KeyState fetched(PublishedKeys published, Instant now) {
        return new KeyState(Optional.of(published), now, tries + 1, now, false, forcedAt);
    }

    KeyState failed(Instant now) {
        return new KeyState(keys, fetchedAt, tries + 1, now, true, forcedAt);
    }

    KeyState forcedAt(Instant now) {
        return new KeyState(keys, fetchedAt, tries, triedAt, lastFailed, now);
    }

    /** The last fetch served a token that asked for one, so the cool-down counts from it. */
    KeyState lastTryCountsAsForced() {
        return triedAt.isAfter(forcedAt) ? forcedAt(triedAt) : this;
    }

    boolean isFresh(Instant now) {
        return keys.isPresent() && now.isBefore(fetchedAt.plus(KeyCache.LIFE));
    }

    boolean isUsable(Instant now) {
        return keys.isPresent() && now.isBefore(fetchedAt.plus(KeyCache.LIFE).plus(KeyCache.STALE));
    }

    boolean mayTry(Instant now) {
        return !lastFailed || !now.isBefore(nextTry(now));
    }

    boolean mayForce(Instant now) {
        return !now.isBefore(forcedAt.plus(KeyCache.COOL_DOWN));
    }

    /** Without any keys every request fails, so the next try comes sooner. */
    private Instant nextTry(Instant now) {
        return triedAt.plus(isUsable(now) ? KeyCache.COOL_DOWN : KeyCache.COLD_RETRY);
    }

    /** Whole seconds, at least one, as {@code Retry-After} takes them. */
    Duration retryAfter(Instant now) {
        long seconds = Duration.between(now, nextTry(now)).plusMillis(999).toSeconds();
        return Duration.ofSeconds(Math.max(1, seconds));
    }
}
