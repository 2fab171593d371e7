// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import static io.taskbound.ledger.Attributes.VERSION;

import io.taskbound.token.KeyRecord;
import io.taskbound.token.KeySchedule;
import java.util.List;
import java.util.Optional;

/**
 * The signing keys in the table. A change is one transaction: it increases the head's version, on condition that it is
 * still the version that the writer read, and writes the keys. So if two rotations run at once, one wins, and nobody
 * sees the version without the keys that belong to it. Every method may throw {@link LedgerUnavailable}.
 */
public final class KeyStore {
    private final DynamoTable table;

    public KeyStore(DynamoTable table) {
        this.table = table;
    }

    /**
     * The keys of one moment.
     *
     * @param version of the head: what a change must name
     */
    public record Keys(long version, KeySchedule schedule) {}

    public Keys read() {
        // The head before the keys: whoever changes by this version has seen everything it includes.
        long version = Optional.ofNullable(
                        table.get("key head", List.of(Key.KEY_HEAD)).get(Key.KEY_HEAD))
                .map(head -> head.number(VERSION))
                .orElse(0L);
        return new Keys(version, schedule());
    }

    /** For the issuer, which only looks. */
    public KeySchedule schedule() {
        return new KeySchedule(table.query("signing keys", Key.KEY, Key.SIGNING_KEYS).stream()
                .map(KeyItem::read)
                .toList());
    }

    /** Writes these keys, new or changed, if nobody has changed anything since; false when somebody has. */
    public boolean write(Keys seen, List<KeyRecord> keys) {
        return table.updateAndPut(
                nextVersion(seen.version()), keys.stream().map(KeyItem::of).toList());
    }

    private static Update nextVersion(long version) {
        var first = version == 0;
        var condition = first ? "attribute_not_exists(" + VERSION + ")" : VERSION + " = :before";
        var move = Update.of("signing keys", Key.KEY_HEAD, condition, "SET " + VERSION + " = :v")
                .with(":v", version + 1);
        return first ? move : move.with(":before", version);
    }
}
