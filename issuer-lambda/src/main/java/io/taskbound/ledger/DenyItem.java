// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import java.time.Duration;
import java.util.Optional;

/** An entry of the deny list as an item. */
final class DenyItem {
    private DenyItem() {}

    static Item of(Key key, DenyEntry entry, Duration retention) {
        var draft = Item.draft()
                .key(key)
                .text("dk", entry.kind().stored())
                .text("dv", entry.value())
                .time("du", entry.until())
                .time("da", entry.at())
                .text("db", entry.by())
                .text("dn", entry.note());
        // An entry without an end is never swept away.
        entry.until()
                .ifPresent(until -> draft.number("ttl", until.plus(retention).getEpochSecond()));
        return draft.build();
    }

    static DenyEntry read(Item item) {
        try {
            return new DenyEntry(
                    DenyEntry.Kind.read(item.text("dk")),
                    item.text("dv"),
                    item.optionalTime("du"),
                    item.time("da"),
                    item.text("db"),
                    item.optionalText("dn"));
        } catch (IllegalArgumentException misfit) {
            throw LedgerUnavailable.unreadable("of a deny entry");
        }
    }

    /** Ends the entry, if it is there and not over. */
    static Update lifting(Key entry, DenyListLine.Lifting lifting, long ttlEpochSeconds) {
        return Update.of(
                        "lift",
                        entry,
                        "attribute_exists(dk) AND (attribute_not_exists(du) OR du > :at)",
                        "SET du = :at, lb = :by, ln = :why, #ttl = :ttl")
                .withName("#ttl", "ttl")
                .with(":at", lifting.at().toEpochMilli())
                .with(":by", lifting.by())
                .with(":why", lifting.why())
                .with(":ttl", ttlEpochSeconds);
    }

    static Optional<DenyListLine.Lifting> lifting(Item item) {
        return item.optionalText("lb").map(by -> new DenyListLine.Lifting(item.time("du"), by, item.text("ln")));
    }
}
