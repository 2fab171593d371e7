// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import io.taskbound.token.KeyRecord;

/** A signing key as an item. */
final class KeyItem {
    private KeyItem() {}

    static Item of(KeyRecord key) {
        var draft = Item.draft()
                .key(Key.signingKey(key.keyId()))
                .text("ki", key.keyId())
                .time("kp", key.publish())
                .time("kf", key.sign())
                .time("kr", key.removed())
                .text("by", key.by());
        if (key.kept() instanceof KeyRecord.KeyLocation.InKms kms) {
            return draft.text("ka", kms.arn()).build();
        }
        return draft.text("kx", ((KeyRecord.KeyLocation.Sealed) key.kept()).secret())
                .build();
    }

    static KeyRecord read(Item item) {
        try {
            return new KeyRecord(
                    item.text("ki"),
                    item.has("ka")
                            ? new KeyRecord.KeyLocation.InKms(item.text("ka"))
                            : new KeyRecord.KeyLocation.Sealed(item.text("kx")),
                    item.time("kp"),
                    item.time("kf"),
                    item.optionalTime("kr"),
                    item.text("by"));
        } catch (IllegalArgumentException misfit) {
            throw LedgerUnavailable.unreadable("of a signing key");
        }
    }
}
