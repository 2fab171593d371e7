// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.ledger.DenyEntry;
import io.taskbound.ledger.Ledger;
import io.taskbound.status.StatusEntry;
import io.taskbound.status.StatusListName;
import io.taskbound.token.Jti;
import java.time.Instant;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Tokens that an administrator has denied by their handles: nobody writes their ends, so the lists of this instance get
 * them from the deny list. Entries that name anything else, such as a task, name no token, and no list shows them.
 */
final class DeniedHandles {
    private static final int MAX_KNOWN = 10_000;

    private final Ledger ledger;

    /** A record never changes its place, so each is read once. */
    private final Map<Jti, Optional<StatusEntry>> known = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Jti, Optional<StatusEntry>> eldest) {
            return size() > MAX_KNOWN;
        }
    };

    DeniedHandles(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Sets the bits of those that are in this list and denied at {@code now}. */
    synchronized void mark(StatusListName list, BitSet ended, Instant now) {
        for (var entry : ledger.denyList().entries()) {
            if (entry.kind() == DenyEntry.Kind.JTI && entry.isInForce(now)) {
                Jti.parse(entry.value())
                        .flatMap(this::place)
                        .filter(place -> place.list().equals(list))
                        .ifPresent(place -> ended.set(place.index()));
            }
        }
    }

    /** A handle without a record is looked for again: it may be denied before its token is minted. */
    private Optional<StatusEntry> place(Jti jti) {
        var before = known.get(jti);
        if (before != null) {
            return before;
        }
        var record = ledger.find(jti);
        var place = record.flatMap(token -> token.grant().status());
        if (record.isPresent()) {
            known.put(jti, place);
        }
        return place;
    }
}
