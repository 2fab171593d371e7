// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import static io.taskbound.ledger.Attributes.VERSION;

import java.util.Map;
import java.util.Optional;

/**
 * The deny list as this ledger last read it. Every decision reads the list's version; the entries are read again only
 * when it moved. If they cannot be read then, nobody is told the old ones.
 */
final class DenyListCache {
    private final DynamoTable table;
    private volatile DenyList last = DenyList.EMPTY;

    DenyListCache(DynamoTable table) {
        this.table = table;
    }

    /** The list of the version that these items, just read, name. */
    DenyList at(Map<Key, Item> items) {
        long version = Optional.ofNullable(items.get(Key.DENY_HEAD))
                .map(head -> head.number(VERSION))
                .orElse(0L);
        var known = last;
        if (known.version() == version) {
            return known;
        }
        // The version was read before the entries, so the list holds at least what that version promises.
        var read = new DenyList(
                version,
                table.query("deny list", Key.DENY, Key.DENY_ENTRIES).stream()
                        .map(DenyItem::read)
                        .toList());
        last = read;
        return read;
    }
}
