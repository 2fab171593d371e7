// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import java.time.Duration;
import java.util.Optional;

/**
 * How long one call keeps trying when the issuer is out of reach or busy: at most {@code attempts} tries, none started
 * after {@code deadline}; pauses double from {@code firstPause} to {@code longestPause}, the second half of each
 * random. A Retry-After is waited in full, plus up to one first pause so that callers do not all return at once.
 *
 * @param attempts 1 to 10
 * @param deadline from the first try; a try that is under way at the deadline is cut off there
 * @param tryTimeout limit for each try, from its start to the last byte of the answer
 * @param firstPause after the first try
 * @param longestPause no pause is longer, but for a Retry-After
 */
public record Patience(
        int attempts, Duration deadline, Duration tryTimeout, Duration firstPause, Duration longestPause) {
    /** 4 tries in 60 seconds, each up to 20 seconds: survives a cold start behind a lost answer. */
    public static final Patience DEFAULT = new Patience(
            4, Duration.ofSeconds(60), Duration.ofSeconds(20), Duration.ofMillis(500), Duration.ofSeconds(8));

    /** For closing: 3 tries in 45 seconds. */
    public static final Patience CLOSING = new Patience(
            3, Duration.ofSeconds(45), Duration.ofSeconds(20), Duration.ofMillis(500), Duration.ofSeconds(4));

    /** Refuses what is not as said above, and a length that is not positive, with {@link IllegalArgumentException}. */
    public Patience {
        if (attempts < 1 || attempts > 10) {
            throw new IllegalArgumentException("attempts must be 1 to 10");
        }
        requirePositive("deadline", deadline);
        requirePositive("tryTimeout", tryTimeout);
        requirePositive("firstPause", firstPause);
        requirePositive("longestPause", longestPause);
    }

    /**
     * The pause after try number {@code done} (from 1), or empty when it was the last.
     *
     * @param jitter at least 0 and below 1
     * @param left time until the deadline
     */
    Optional<Duration> pauseAfter(int done, Optional<Duration> retryAfter, double jitter, Duration left) {
        Duration pause =
                retryAfter.map(asked -> asked.plus(share(firstPause, jitter))).orElseGet(() -> backoff(done, jitter));
        return done < attempts && pause.compareTo(left) < 0 ? Optional.of(pause) : Optional.empty();
    }

    private Duration backoff(int done, double jitter) {
        Duration doubled = firstPause.multipliedBy(1L << (done - 1));
        Duration full = doubled.compareTo(longestPause) < 0 ? doubled : longestPause;
        Duration half = full.dividedBy(2);
        return half.plus(share(half, jitter));
    }

    private static Duration share(Duration whole, double jitter) {
        return Duration.ofMillis((long) (whole.toMillis() * jitter));
    }

    private static void requirePositive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " must be positive");
        }
    }
}
