// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import static io.taskbound.ledger.Attributes.USED_ACTION;
import static io.taskbound.ledger.Attributes.USED_AT;
import static io.taskbound.ledger.Attributes.USED_OBJECT;
import static io.taskbound.ledger.Attributes.WRITE;

/** A use inside a token's item. */
final class UseItem {
    private UseItem() {}

    /** {@code write} names this write, so that its own repetition is recognised. */
    static Item of(RecordedUse use, String write) {
        return Item.draft()
                .time(USED_AT, use.at())
                .number(USED_OBJECT, use.object())
                .text(USED_ACTION, use.action())
                .text(WRITE, write)
                .build();
    }

    static RecordedUse read(Item item) {
        return new RecordedUse(item.time(USED_AT), Math.toIntExact(item.number(USED_OBJECT)), item.text(USED_ACTION));
    }
}
