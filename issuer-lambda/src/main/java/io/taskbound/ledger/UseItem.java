// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

/** A use inside a token's item. */
final class UseItem {
    private UseItem() {}

    /** {@code write} names this write, so that its own repetition is recognised. */
    static Item of(RecordedUse use, String write) {
        return Item.draft()
                .time("t", use.at())
                .number("o", use.object())
                .text("a", use.action())
                .text("w", write)
                .build();
    }

    static RecordedUse read(Item item) {
        return new RecordedUse(item.time("t"), Math.toIntExact(item.number("o")), item.text("a"));
    }
}
