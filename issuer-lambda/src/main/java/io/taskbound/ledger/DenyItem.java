// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import static io.taskbound.ledger.Attributes.DENIED_AT;
import static io.taskbound.ledger.Attributes.DENIED_BY;
import static io.taskbound.ledger.Attributes.DENY_KIND;
import static io.taskbound.ledger.Attributes.DENY_NOTE;
import static io.taskbound.ledger.Attributes.DENY_UNTIL;
import static io.taskbound.ledger.Attributes.DENY_VALUE;
import static io.taskbound.ledger.Attributes.LIFTED_BY;
import static io.taskbound.ledger.Attributes.LIFTED_WHY;
import static io.taskbound.ledger.Attributes.TTL;

import java.time.Duration;
import java.util.Optional;

/** An entry of the deny list as an item. */
final class DenyItem {
    private DenyItem() {}

    static Item of(Key key, DenyEntry entry, Duration retention) {
        var draft = Item.draft()
                .key(key)
                .text(DENY_KIND, entry.kind().stored())
                .text(DENY_VALUE, entry.value())
                .time(DENY_UNTIL, entry.until())
                .time(DENIED_AT, entry.at())
                .text(DENIED_BY, entry.by())
                .text(DENY_NOTE, entry.note());
        // An entry without an end is never swept away.
        entry.until().ifPresent(until -> draft.number(TTL, until.plus(retention).getEpochSecond()));
        return draft.build();
    }

    static DenyEntry read(Item item) {
        try {
            return new DenyEntry(
                    DenyEntry.Kind.read(item.text(DENY_KIND)),
                    item.text(DENY_VALUE),
                    item.optionalTime(DENY_UNTIL),
                    item.time(DENIED_AT),
                    item.text(DENIED_BY),
                    item.optionalText(DENY_NOTE));
        } catch (IllegalArgumentException misfit) {
            throw LedgerUnavailable.unreadable("of a deny entry");
        }
    }

    /** Ends the entry, if it is there and not over. */
    static Update lifting(Key entry, DenyListLine.Lifting lifting, long ttlEpochSeconds) {
        return Update.of(
                        "lift",
                        entry,
                        "attribute_exists(" + DENY_KIND + ") AND (attribute_not_exists(" + DENY_UNTIL + ") OR "
                                + DENY_UNTIL + " > :at)",
                        "SET " + DENY_UNTIL + " = :at, " + LIFTED_BY + " = :by, " + LIFTED_WHY + " = :why, #ttl = :ttl")
                .withName("#ttl", TTL)
                .with(":at", lifting.at().toEpochMilli())
                .with(":by", lifting.by())
                .with(":why", lifting.why())
                .with(":ttl", ttlEpochSeconds);
    }

    static Optional<DenyListLine.Lifting> lifting(Item item) {
        return item.optionalText(LIFTED_BY)
                .map(by -> new DenyListLine.Lifting(item.time(DENY_UNTIL), by, item.text(LIFTED_WHY)));
    }
}
