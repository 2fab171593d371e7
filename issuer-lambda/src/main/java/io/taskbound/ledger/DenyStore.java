// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import static io.taskbound.ledger.Attributes.VERSION;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The deny list as an administrator reads and writes it. Every change first writes its entry and then increases the
 * list's version, which each decision reads, so it takes effect with the next request. Two simultaneous writers lose
 * nothing, because each entry has a key of its own and the version only grows. It only writes to {@code DENY}. Every
 * method may throw {@link LedgerUnavailable}; then it is unknown whether the change is in force, and it may be
 * repeated.
 */
public final class DenyStore {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{16}");

    private final DynamoTable table;
    private final Duration retention;

    /** @param retention how long an entry stays readable after its end */
    public DenyStore(DynamoTable table, Duration retention) {
        this.table = table;
        this.retention = retention;
    }

    /** What is in the list; an entry that cannot be read hides no other here, though it stops the issuer. */
    public List<DenyListLine> read() {
        return table.queryEach("deny list", Key.DENY, Key.DENY_ENTRIES).entrySet().stream()
                .map(there -> denial(there.getKey(), there.getValue()))
                .toList();
    }

    private static DenyListLine denial(Key key, Optional<Item> item) {
        var id = key.sk().substring(Key.DENY_ENTRIES.length());
        try {
            return item.<DenyListLine>map(
                            known -> new DenyListLine.Written(id, DenyItem.read(known), DenyItem.lifting(known)))
                    .orElseGet(() -> new DenyListLine.Unreadable(id));
        } catch (LedgerUnavailable notOurs) {
            return new DenyListLine.Unreadable(id);
        }
    }

    /** Adds an entry and returns its id. Anyone who reads the new version also reads the entry. */
    public String write(DenyEntry entry) {
        var id = Key.newDenyId();
        table.put("deny", DenyItem.of(Key.denyEntry(id), entry, retention));
        announce();
        return id;
    }

    /** Ends an entry now. What it denied lives again unless it died meanwhile or another entry denies it. */
    public Lifted lift(String id, DenyListLine.Lifting lifting) {
        if (!ID.matcher(id).matches()) {
            return new Lifted.NotThere();
        }
        var outcome = table.update(DenyItem.lifting(Key.denyEntry(id), lifting, ttl(lifting.at())));
        if (outcome instanceof Update.Outcome.Refused refused) {
            return refused.there().isEmpty() ? new Lifted.NotThere() : new Lifted.OverAlready();
        }
        announce();
        return new Lifted.Done();
    }

    private long ttl(Instant end) {
        return end.plus(retention).getEpochSecond();
    }

    /**
     * Moves the list's version, so that everybody reads the list again. Each change does; by itself it is for a change
     * whose maker died before.
     */
    public void announce() {
        table.update(
                Update.of("deny", Key.DENY_HEAD, "", "ADD " + VERSION + " :one").with(":one", 1L));
    }

    /** How lifting ended. */
    public sealed interface Lifted {
        record Done() implements Lifted {}

        /** Its time was over, or somebody lifted it before. */
        record OverAlready() implements Lifted {}

        /** No entry has this id. */
        record NotThere() implements Lifted {}
    }
}
