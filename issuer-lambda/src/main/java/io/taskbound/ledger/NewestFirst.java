// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import io.taskbound.ledger.DynamoTable.Listed;
import io.taskbound.task.TaskName;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Keys out of the listing index, which is cut by task and day: day by day back from the newest, the tasks of a day
 * merged. The order is total, so that a listing can continue where another one stopped.
 */
final class NewestFirst implements Iterator<Key> {
    static final Comparator<Listed> ORDER = Comparator.comparingLong(Listed::millis)
            .reversed()
            .thenComparing(listed -> listed.key().pk())
            .thenComparing(listed -> listed.key().sk());

    private final DynamoTable table;
    private final Collection<TaskName> tasks;
    private final Instant from;
    private final Instant to;
    private final Optional<Listed> after;
    private final PriorityQueue<TaskDay> ofDay = new PriorityQueue<>(Comparator.comparing(TaskDay::head, ORDER));
    private Instant nextDay;

    NewestFirst(DynamoTable table, Collection<TaskName> tasks, Instant from, Instant to, Optional<TokenRecord> after) {
        this.table = table;
        this.tasks = List.copyOf(tasks);
        this.from = from;
        this.to = to;
        this.after = after.map(token ->
                new Listed(Key.token(token.jti()), token.life().issued().toEpochMilli()));
        this.nextDay = to.truncatedTo(ChronoUnit.DAYS);
    }

    @Override
    public boolean hasNext() {
        while (ofDay.isEmpty()
                && !nextDay.plus(1, ChronoUnit.DAYS).minusMillis(1).isBefore(from)) {
            for (var task : tasks) {
                offer(new TaskDay(table, TokenItem.listingKey(task, nextDay), from, to));
            }
            nextDay = nextDay.minus(1, ChronoUnit.DAYS);
        }
        return !ofDay.isEmpty();
    }

    private void offer(TaskDay day) {
        while (day.hasNext()) {
            if (after.filter(last -> ORDER.compare(day.head(), last) <= 0).isEmpty()) {
                ofDay.add(day);
                return;
            }
            day.next();
        }
    }

    @Override
    public Key next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        var day = ofDay.remove();
        var key = day.next().key();
        offer(day);
        return key;
    }
}
