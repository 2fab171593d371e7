// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import java.time.Duration;

/** An entry of the deny list as an item. */
final class DenyItem {
    private DenyItem() {}

    static Item of(Key key, DenyEntry entry, Duration retention) {
        var draft = Item.draft()
                .key(key)
                .text("dk", entry.kind().name())
                .text("dv", entry.value())
                .time("du", entry.until())
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
                    DenyEntry.Kind.valueOf(item.text("dk")),
                    item.text("dv"),
                    item.optionalTime("du"),
                    item.text("db"),
                    item.optionalText("dn"));
        } catch (IllegalArgumentException misfit) {
            throw LedgerUnavailable.unreadable("of a deny entry");
        }
    }
}
