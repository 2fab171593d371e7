// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * From when until when a token lives, and what ended it before. Instants are cut to milliseconds.
 *
 * @param issued when the record was made
 * @param expires dead from this instant on
 * @param lease how long one heartbeat keeps the token alive
 * @param leaseDeadline dead from this instant on, unless renewed before; never after {@code expires}
 * @param unsigned the record was written but its signature was not made
 * @param state what is stored about its end
 * @param end the first end that was written: present when {@code state} is not ACTIVE, and for a token whose last use
 *     was counted
 */
public record Life(
        Instant issued,
        Instant expires,
        Optional<Duration> lease,
        Optional<Instant> leaseDeadline,
        boolean unsigned,
        State state,
        Optional<Closure> end) {
    public Life {
        issued = issued.truncatedTo(ChronoUnit.MILLIS);
        expires = expires.truncatedTo(ChronoUnit.MILLIS);
        leaseDeadline = leaseDeadline.map(deadline -> deadline.truncatedTo(ChronoUnit.MILLIS));
        require(lease.isPresent() == leaseDeadline.isPresent(), "lease and leaseDeadline must be there together");
        require(lease.filter(length -> length.toMillis() < 1).isEmpty(), "lease must be at least 1 ms");
        require(leaseDeadline.filter(expires::isBefore).isEmpty(), "leaseDeadline must not be after expires");
        require(state == State.ACTIVE || end.isPresent(), "end must be there when state is not ACTIVE");
        require(
                state != State.ACTIVE
                        || end.filter(how -> how.cause() != Cause.SPENT).isEmpty(),
                "end of an ACTIVE token must be its last use");
    }

    /** Of a new token, whose lease runs from now on. */
    public static Life begin(Instant issued, Instant expires, Optional<Duration> lease) {
        var deadline = lease.map(issued::plus).map(end -> end.isBefore(expires) ? end : expires);
        return new Life(issued, expires, lease, deadline, false, State.ACTIVE, Optional.empty());
    }

    /** Whether it is alive at {@code now}, as far as its uses do not matter. */
    Liveness livenessAt(Instant now) {
        return switch (state) {
            case CLOSED -> Liveness.CLOSED;
            case REVOKED -> Liveness.REVOKED;
            case LAPSED -> Liveness.LAPSED;
            case EXPIRED -> Liveness.EXPIRED;
            case ACTIVE -> livenessByTheClock(now);
        };
    }

    private Liveness livenessByTheClock(Instant now) {
        if (hasLapsed(now)) {
            return Liveness.LAPSED;
        }
        // At `expires` itself the token is dead.
        return now.isBefore(expires) ? Liveness.ALIVE : Liveness.EXPIRED;
    }

    /** Dead from this instant on, whatever else happens to it: its lease's deadline, or its expiry. */
    public Instant deadline() {
        return leaseDeadline.orElse(expires);
    }

    /** Whether the lease ran out by {@code now}, and before the token would have expired anyway. */
    boolean hasLapsed(Instant now) {
        // At the deadline itself the lease is over.
        return leaseDeadline
                .filter(deadline -> deadline.isBefore(expires) && !now.isBefore(deadline))
                .isPresent();
    }

    /** The same, had nothing ended it but the clock. */
    Life unended() {
        return new Life(issued, expires, lease, leaseDeadline, unsigned, State.ACTIVE, Optional.empty());
    }

    /** The same, closed. If its last use had ended it before, that stays its end. */
    Life ended(Closure closure) {
        return new Life(
                issued,
                expires,
                lease,
                leaseDeadline,
                unsigned,
                closure.cause().state(),
                Optional.of(end.orElse(closure)));
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
