// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** One line of the deny list, as it is in the table. Made by {@link DenyStore#read}. */
public sealed interface DenyListLine {
    /** By which it is lifted. */
    String id();

    /** @param lifted who ended it before its time; then the entry's {@code until} is when that was */
    record Written(String id, DenyEntry entry, Optional<Lifting> lifted) implements DenyListLine {}

    /** Not of our layout. While it is there the issuer cannot read the list, and grants nothing. */
    record Unreadable(String id) implements DenyListLine {}

    /** The act of ending an entry before its time. */
    record Lifting(Instant at, String by, String why) {
        public Lifting {
            at = at.truncatedTo(ChronoUnit.MILLIS);
        }
    }
}
