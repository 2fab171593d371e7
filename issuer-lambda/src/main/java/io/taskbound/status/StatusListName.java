// SPDX-License-Identifier: Apache-2.0
package io.taskbound.status;

import io.taskbound.policy.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names one list: the hour in which its tokens were minted, and its number among the lists of that hour. The text is
 * part of a public address: {@code 498730.0}.
 *
 * @param hour hours since 1970, UTC
 * @param number from 0; the next list begins when one is full
 */
public record StatusListName(long hour, int number) {
    /** Of an hour, at most. */
    public static final int MAX_LISTS = 100;

    private static final Duration HOUR = Duration.ofHours(1);
    /** A server that has just read a token's address must still find the list. */
    private static final Duration GRACE = Duration.ofHours(1);

    private static final Pattern TEXT = Pattern.compile("([1-9][0-9]{0,9})\\.(0|[1-9][0-9]?)");

    public StatusListName {
        if (hour < 1 || hour > 9_999_999_999L || number < 0 || number >= MAX_LISTS) {
            throw new IllegalArgumentException("not the name of a list");
        }
    }

    /** One of the lists of the hour of this instant. */
    public static StatusListName at(Instant now, int number) {
        return new StatusListName(now.getEpochSecond() / HOUR.toSeconds(), number);
    }

    /** Reads the text of a name; empty for any other. */
    public static Optional<StatusListName> parse(String text) {
        var parts = TEXT.matcher(text);
        return parts.matches()
                ? Optional.of(new StatusListName(Long.parseLong(parts.group(1)), Integer.parseInt(parts.group(2))))
                : Optional.empty();
    }

    /** From this instant on every token of the list has expired, and nobody has a reason to ask for it. */
    public Instant goneAt() {
        return Instant.ofEpochSecond(hour * HOUR.toSeconds())
                .plus(HOUR)
                .plus(Policy.HIGHEST_CEILING)
                .plus(GRACE);
    }

    /** Whether there can be such a list: neither gone, nor of an hour that is still to come. */
    public boolean isOf(Instant now, Duration skew) {
        return now.isBefore(goneAt())
                && !Instant.ofEpochSecond(hour * HOUR.toSeconds()).isAfter(now.plus(skew));
    }

    @Override
    public String toString() {
        return hour + "." + number;
    }
}
