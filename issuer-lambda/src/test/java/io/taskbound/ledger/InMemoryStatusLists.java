// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import io.taskbound.status.IndexPermutation;
import io.taskbound.status.StatusEntry;
import io.taskbound.status.StatusListName;
import java.time.Instant;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Status lists in the simplest form: one list an hour, in the order of a key that everybody knows. */
final class InMemoryStatusLists implements StatusLists {
    private final IndexPermutation order = new IndexPermutation(new byte[IndexPermutation.KEY_BYTES]);
    private final Map<StatusListName, Integer> allotted = new HashMap<>();
    private final Map<StatusListName, BitSet> ended = new HashMap<>();

    @Override
    public synchronized StatusEntry allot(Instant now) {
        var name = StatusListName.at(now, 0);
        return new StatusEntry(name, order.apply(allotted.merge(name, 1, Integer::sum) - 1));
    }

    @Override
    public synchronized void end(StatusEntry entry) {
        ended.computeIfAbsent(entry.list(), any -> new BitSet()).set(entry.index());
    }

    @Override
    public synchronized Optional<BitSet> ended(StatusListName list) {
        return Optional.ofNullable(allotted.get(list)).map(any ->
                (BitSet) ended.computeIfAbsent(list, none -> new BitSet()).clone());
    }
}
