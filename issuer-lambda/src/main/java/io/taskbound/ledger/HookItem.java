// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import static io.taskbound.ledger.Attributes.BY;
import static io.taskbound.ledger.Attributes.HOOK_SECRETS;
import static io.taskbound.ledger.Attributes.SEALED_KEY;
import static io.taskbound.ledger.Attributes.SECRET_MADE;
import static io.taskbound.ledger.Attributes.VERSION;

import io.taskbound.task.HookName;
import java.util.Comparator;
import java.util.List;

/** The secrets of a hook as an item. */
final class HookItem {
    private HookItem() {}

    /** By id. */
    static Item secrets(List<SealedHookSecret> active) {
        var secrets = Item.draft();
        active.forEach(secret -> secrets.item(
                secret.id(),
                Item.draft()
                        .text(SEALED_KEY, secret.sealed())
                        .time(SECRET_MADE, secret.made())
                        .text(BY, secret.by())
                        .build()));
        return secrets.build();
    }

    static HookStore.Secrets read(Item item) {
        var secrets = item.item(HOOK_SECRETS);
        return new HookStore.Secrets(
                item.number(VERSION),
                secrets.attributes().keySet().stream()
                        .map(id -> secret(id, secrets.item(id)))
                        .sorted(Comparator.comparing(SealedHookSecret::made).thenComparing(SealedHookSecret::id))
                        .toList());
    }

    private static SealedHookSecret secret(String id, Item item) {
        return new SealedHookSecret(id, item.text(SEALED_KEY), item.time(SECRET_MADE), item.text(BY));
    }

    static HookName hook(Item item) {
        try {
            return new HookName(item.key().sk().substring(Key.HOOK_SECRETS.length()));
        } catch (IllegalArgumentException noName) {
            throw LedgerUnavailable.unreadable("of a hook");
        }
    }
}
