// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import io.taskbound.ledger.DynamoTable.Listed;
import io.taskbound.ledger.DynamoTable.Position;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * What the listing index has of one task and day, in the order of {@link NewestFirst}. The index itself leaves the
 * order of one instant open, so such entries are gathered before the first is given out.
 */
final class TaskDay implements Iterator<Listed> {
    private final DynamoTable table;
    private final String listingKey;
    private final Instant from;
    private final Instant to;
    private final Deque<Listed> read = new ArrayDeque<>();
    private final Deque<Listed> ofOneInstant = new ArrayDeque<>();
    private Optional<Position> position = Optional.empty();
    private boolean more = true;

    TaskDay(DynamoTable table, String listingKey, Instant from, Instant to) {
        this.table = table;
        this.listingKey = listingKey;
        this.from = from;
        this.to = to;
    }

    @Override
    public boolean hasNext() {
        if (ofOneInstant.isEmpty()) {
            gather();
        }
        return !ofOneInstant.isEmpty();
    }

    /** The one that {@link #next} will give; there must be one. */
    Listed head() {
        return ofOneInstant.element();
    }

    @Override
    public Listed next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return ofOneInstant.remove();
    }

    private void gather() {
        while (more
                && (read.isEmpty() || read.getLast().millis() == read.element().millis())) {
            var page = table.list(listingKey, from, to, position);
            read.addAll(page.entries());
            position = page.next();
            more = position.isPresent();
        }
        var group = new ArrayList<Listed>();
        while (!read.isEmpty()
                && (group.isEmpty() || read.element().millis() == group.get(0).millis())) {
            group.add(read.remove());
        }
        group.sort(NewestFirst.ORDER);
        ofOneInstant.addAll(group);
    }
}
