// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import io.taskbound.ledger.TableState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Whether the table forgets what is over. Asked once by an instance when all is well, else at most once in 10 s: so
 * that turning the TTL on is enough. A missing answer is not a reason to refuse, because the TTL is never the deadline.
 */
final class TableTtl {
    private static final Duration PAUSE = Duration.ofSeconds(10);
    private final Supplier<TableState> asking;
    private TableState seen = TableState.UNKNOWN;
    private Instant askedBefore = Instant.MIN;

    TableTtl(Supplier<TableState> asking) {
        this.asking = asking;
    }

    synchronized Optional<Missing> missing(Instant now) {
        if (seen != TableState.READY && !now.isBefore(askedBefore)) {
            seen = asking.get();
            askedBefore = now.plus(PAUSE);
        }
        return switch (seen) {
            case READY, UNKNOWN -> Optional.empty();
            case ABSENT -> Optional.of(Missing.TABLE_ABSENT);
            case WITHOUT_TTL -> Optional.of(Missing.TABLE_WITHOUT_TTL);
            case TTL_NOT_READABLE -> Optional.of(Missing.TABLE_TTL_NOT_READABLE);
        };
    }

    synchronized void drop() {
        seen = TableState.UNKNOWN;
        askedBefore = Instant.MIN;
    }
}
