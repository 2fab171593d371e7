// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import io.taskbound.ledger.TokenListing.Found;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;

/** Reads what keys point to, some keys at a time. */
final class FoundInBatches implements Iterator<Found> {
    private static final int BATCH = 100;

    private final Iterator<Key> keys;
    private final Function<List<Key>, List<Found>> look;
    private final Deque<Found> read = new ArrayDeque<>();

    FoundInBatches(Iterator<Key> keys, Function<List<Key>, List<Found>> look) {
        this.keys = keys;
        this.look = look;
    }

    @Override
    public boolean hasNext() {
        while (read.isEmpty() && keys.hasNext()) {
            var batch = new ArrayList<Key>();
            while (batch.size() < BATCH && keys.hasNext()) {
                batch.add(keys.next());
            }
            read.addAll(look.apply(batch));
        }
        return !read.isEmpty();
    }

    @Override
    public Found next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return read.remove();
    }
}
