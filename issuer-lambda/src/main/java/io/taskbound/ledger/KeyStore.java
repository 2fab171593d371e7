// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import static io.taskbound.ledger.Attributes.VERSION;
import static io.taskbound.ledger.Attributes.WRITE;

import io.taskbound.digest.Base64Url;
import io.taskbound.token.KeyRecord;
import io.taskbound.token.KeySchedule;
import java.util.List;
import java.util.Optional;

/**
 * The signing keys in the table. Every change increases the head's version, on condition that it is still the version
 * that the writer read: if two rotations run at once, one wins. Every method may throw {@link LedgerUnavailable}.
 */
public final class KeyStore {
    private static final int NONCE_BYTES = 9;
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

    /**
     * Writes down a key that signs already, if it is not there: nothing changes by that, and it needs nobody's leave.
     */
    public void writeDown(KeyRecord key) {
        var unused = table.putIfAbsent("signing key", KeyItem.of(key));
    }

    /** Writes these keys, new or changed, if nobody has changed anything since; false when somebody has. */
    public boolean write(Keys seen, List<KeyRecord> keys) {
        if (!moveOn(seen.version())) {
            return false;
        }
        keys.forEach(key -> table.put("signing key", KeyItem.of(key)));
        return true;
    }

    private boolean moveOn(long version) {
        var write = Base64Url.random(NONCE_BYTES);
        var condition = version == 0 ? "attribute_not_exists(" + VERSION + ")" : VERSION + " = :before";
        var move = Update.of("key head", Key.KEY_HEAD, condition, "SET " + VERSION + " = :v, " + WRITE + " = :write")
                .with(":v", version + 1)
                .with(":write", write);
        var moved = table.update(version == 0 ? move : move.with(":before", version));
        return moved.match(
                applied -> true,
                // The SDK repeats an update whose answer was lost; what stands there then may be this very one.
                refused -> refused.there()
                        .filter(head -> head.text(WRITE).equals(write))
                        .isPresent());
    }
}
