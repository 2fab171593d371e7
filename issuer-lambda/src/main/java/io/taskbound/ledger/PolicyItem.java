// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import io.taskbound.policy.PolicyVersion;

/** A published version of the policy as an item, without its text. */
final class PolicyItem {
    private PolicyItem() {}

    static Item of(PolicyRelease release) {
        var draft = Item.draft()
                .key(Key.policyRelease(release.version().number()))
                .number("v", release.version().number())
                .text("ph", release.version().hash())
                .number("vp", release.previous())
                .number("np", release.parts())
                .time("i", release.at())
                .text("by", release.by())
                .text("me", release.message())
                .text("sg", release.signature());
        return draft.build();
    }

    static PolicyRelease read(Item item) {
        try {
            return new PolicyRelease(
                    new PolicyVersion(item.number("v"), item.text("ph")),
                    item.number("vp"),
                    Math.toIntExact(item.number("np")),
                    item.time("i"),
                    item.text("by"),
                    item.optionalText("me"),
                    item.optionalText("sg"));
        } catch (IllegalArgumentException | ArithmeticException misfit) {
            throw LedgerUnavailable.unreadable("of a policy's version");
        }
    }
}
