// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The deny list as of one version. The list of a version contains at least every entry that was acknowledged by then.
 *
 * @param version grows with every entry; 0 for a list that was never written
 */
public record DenyList(long version, List<DenyEntry> entries) {
    public static final DenyList EMPTY = new DenyList(0, List.of());

    public DenyList {
        entries = List.copyOf(entries);
    }

    /** The first entry that denies this token at {@code now}. */
    public Optional<DenyEntry> match(TokenRecord token, Instant now) {
        return entries.stream().filter(entry -> entry.denies(token, now)).findFirst();
    }
}
