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
 * @param closure present when {@code state} is not ACTIVE
 */
public record Life(
        Instant issued,
        Instant expires,
        Optional<Duration> lease,
        Optional<Instant> leaseDeadline,
        boolean unsigned,
        State state,
        Optional<Closure> closure) {
    public Life {
        issued = issued.truncatedTo(ChronoUnit.MILLIS);
        expires = expires.truncatedTo(ChronoUnit.MILLIS);
        leaseDeadline = leaseDeadline.map(deadline -> deadline.truncatedTo(ChronoUnit.MILLIS));
        require(lease.isPresent() == leaseDeadline.isPresent(), "lease and leaseDeadline must be there together");
        require(lease.filter(length -> length.toMillis() < 1).isEmpty(), "lease must be at least 1 ms");
        require(leaseDeadline.filter(expires::isBefore).isEmpty(), "leaseDeadline must not be after expires");
        require((state != State.ACTIVE) == closure.isPresent(), "closure must be there when state is not ACTIVE, only");
    }

    /** Of a new token, whose lease runs from now on. */
    public static Life begin(Instant issued, Instant expires, Optional<Duration> lease) {
        var deadline = lease.map(issued::plus).map(end -> end.isBefore(expires) ? end : expires);
        return new Life(issued, expires, lease, deadline, false, State.ACTIVE, Optional.empty());
    }

    /** Whether it is alive at {@code now}, as far as its uses do not matter. */
    Liveness livenessAt(Instant now) {
        if (state != State.ACTIVE) {
            return state == State.REVOKED ? Liveness.REVOKED : Liveness.CLOSED;
        }
        if (hasLapsed(now)) {
            return Liveness.LAPSED;
        }
        // At `expires` itself the token is dead.
        return now.isBefore(expires) ? Liveness.ALIVE : Liveness.EXPIRED;
    }

    /** Whether the lease ran out by {@code now}, and before the token would have expired anyway. */
    boolean hasLapsed(Instant now) {
        // At the deadline itself the lease is over.
        return leaseDeadline
                .filter(deadline -> deadline.isBefore(expires) && !now.isBefore(deadline))
                .isPresent();
    }

    /** The same, had nobody closed it. */
    Life unclosed() {
        return new Life(issued, expires, lease, leaseDeadline, unsigned, State.ACTIVE, Optional.empty());
    }

    /** The same, closed. */
    Life closed(Closure closure) {
        return new Life(
                issued, expires, lease, leaseDeadline, unsigned, closure.cause().state(), Optional.of(closure));
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
