// SPDX-License-Identifier: Apache-2.0
package io.taskbound.metrics;

import io.taskbound.ledger.StatusLists;
import io.taskbound.status.StatusEntry;
import io.taskbound.status.StatusListName;
import java.time.Instant;
import java.util.BitSet;
import java.util.Optional;

/** Status lists that answer as others do, timed as a part of the ledger. */
record WatchedStatusLists(StatusLists lists, Stopwatch watch) implements StatusLists {
    @Override
    public StatusEntry allot(Instant now) {
        return watch.time(TimedPart.LEDGER, () -> lists.allot(now));
    }

    @Override
    public void end(StatusEntry entry) {
        watch.time(TimedPart.LEDGER, () -> {
            lists.end(entry);
            return entry;
        });
    }

    @Override
    public Optional<BitSet> ended(StatusListName list) {
        return watch.time(TimedPart.LEDGER, () -> lists.ended(list));
    }
}
