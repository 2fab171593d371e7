// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import io.taskbound.identity.IssuerKeys.Answer.OutOfReach;
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
        Optional<KeyTrouble> failure,
        Instant forcedAt) {
    static final KeyState NEVER_FETCHED =
            new KeyState(Optional.empty(), Instant.EPOCH, 0, Instant.EPOCH, Optional.empty(), Instant.EPOCH);

    KeyState fetched(PublishedKeys published, Instant now) {
        return new KeyState(Optional.of(published), now, tries + 1, now, Optional.empty(), forcedAt);
    }

    KeyState failed(KeyTrouble why, Instant now) {
        return new KeyState(keys, fetchedAt, tries + 1, now, Optional.of(why), forcedAt);
    }

    KeyState forcedAt(Instant now) {
        return new KeyState(keys, fetchedAt, tries, triedAt, failure, now);
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
        return failure.isEmpty() || !now.isBefore(nextTry(now));
    }

    boolean mayForce(Instant now) {
        return !now.isBefore(forcedAt.plus(KeyCache.COOL_DOWN));
    }

    /** Without any keys every request fails, so the next try comes sooner. */
    private Instant nextTry(Instant now) {
        return triedAt.plus(isUsable(now) ? KeyCache.COOL_DOWN : KeyCache.COLD_RETRY);
    }

    /** There are no keys that can be used, and the issuer is not asked before this time is over. */
    OutOfReach outOfReach(Instant now) {
        return new OutOfReach(secondsUntil(nextTry(now), now), failure.orElseGet(KeyTrouble::busy));
    }

    /** Why a key that is not among these may exist anyway, although the issuer was asked since the token came. */
    Optional<OutOfReach> doubt(Instant now) {
        return failure.map(why -> new OutOfReach(untilForced(now), why));
    }

    /** The issuer was not asked since the token came, and will not be in the cool-down. */
    OutOfReach notAskedAgain(Instant now) {
        return new OutOfReach(untilForced(now), failure.orElseGet(KeyTrouble::askedRecently));
    }

    private Duration untilForced(Instant now) {
        return secondsUntil(forcedAt.plus(KeyCache.COOL_DOWN), now);
    }

    /** Whole seconds, at least one, as {@code Retry-After} takes them. */
    private static Duration secondsUntil(Instant then, Instant now) {
        long seconds = Duration.between(now, then).plusMillis(999).toSeconds();
        return Duration.ofSeconds(Math.max(1, seconds));
    }
}
