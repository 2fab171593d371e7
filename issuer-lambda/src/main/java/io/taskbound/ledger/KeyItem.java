// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import static io.taskbound.ledger.Attributes.BY;
import static io.taskbound.ledger.Attributes.KEY_ARN;
import static io.taskbound.ledger.Attributes.KEY_ID;
import static io.taskbound.ledger.Attributes.KEY_PUBLISHED_FROM;
import static io.taskbound.ledger.Attributes.KEY_REMOVED;
import static io.taskbound.ledger.Attributes.KEY_SIGNS_FROM;
import static io.taskbound.ledger.Attributes.SEALED_KEY;

import io.taskbound.token.KeyRecord;

/** A signing key as an item. */
final class KeyItem {
    private KeyItem() {}

    static Item of(KeyRecord key) {
        var draft = Item.draft()
                .key(Key.signingKey(key.keyId()))
                .text(KEY_ID, key.keyId())
                .time(KEY_PUBLISHED_FROM, key.publish())
                .time(KEY_SIGNS_FROM, key.sign())
                .time(KEY_REMOVED, key.removed())
                .text(BY, key.by());
        if (key.kept() instanceof KeyRecord.KeyLocation.InKms kms) {
            return draft.text(KEY_ARN, kms.arn()).build();
        }
        return draft.text(SEALED_KEY, ((KeyRecord.KeyLocation.Sealed) key.kept()).secret())
                .build();
    }

    static KeyRecord read(Item item) {
        try {
            return new KeyRecord(
                    item.text(KEY_ID),
                    item.has(KEY_ARN)
                            ? new KeyRecord.KeyLocation.InKms(item.text(KEY_ARN))
                            : new KeyRecord.KeyLocation.Sealed(item.text(SEALED_KEY)),
                    item.time(KEY_PUBLISHED_FROM),
                    item.time(KEY_SIGNS_FROM),
                    item.optionalTime(KEY_REMOVED),
                    item.text(BY));
        } catch (IllegalArgumentException misfit) {
            throw LedgerUnavailable.unreadable("of a signing key");
        }
    }
}
