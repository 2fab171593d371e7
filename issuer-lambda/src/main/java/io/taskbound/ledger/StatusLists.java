// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import io.taskbound.status.StatusEntry;
import io.taskbound.status.StatusListName;
import java.time.Instant;
import java.util.BitSet;
import java.util.Optional;

/**
 * Which tokens of servers with {@code checks: status} have ended. Each method may throw {@link LedgerUnavailable}; the
 * caller then grants nothing, or publishes nothing.
 */
public interface StatusLists {
    /** A place for a new token in a list of this hour, which no other token has had. */
    StatusEntry allot(Instant now);

    /**
     * Marks the token as ended, permanently. Written before its record says so: an end is never missing in the list.
     */
    void end(StatusEntry entry);

    /** The entries that have ended; empty when there is no such list. */
    Optional<BitSet> ended(StatusListName list);
}
