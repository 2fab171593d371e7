// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import static io.taskbound.ledger.Attributes.BY;
import static io.taskbound.ledger.Attributes.MESSAGE;
import static io.taskbound.ledger.Attributes.PARTS;
import static io.taskbound.ledger.Attributes.POLICY_HASH;
import static io.taskbound.ledger.Attributes.PREVIOUS_VERSION;
import static io.taskbound.ledger.Attributes.PUBLISHED_AT;
import static io.taskbound.ledger.Attributes.SIGNATURE;
import static io.taskbound.ledger.Attributes.VERSION;

import io.taskbound.policy.PolicyVersion;

/** A published version of the policy as an item, without its text. */
final class PolicyItem {
    private PolicyItem() {}

    static Item of(PolicyRelease release) {
        var draft = Item.draft()
                .key(Key.policyRelease(release.version().number()))
                .number(VERSION, release.version().number())
                .text(POLICY_HASH, release.version().hash())
                .number(PREVIOUS_VERSION, release.previous())
                .number(PARTS, release.parts())
                .time(PUBLISHED_AT, release.at())
                .text(BY, release.by())
                .text(MESSAGE, release.message())
                .text(SIGNATURE, release.signature());
        return draft.build();
    }

    static PolicyRelease read(Item item) {
        try {
            return new PolicyRelease(
                    new PolicyVersion(item.number(VERSION), item.text(POLICY_HASH)),
                    item.number(PREVIOUS_VERSION),
                    Math.toIntExact(item.number(PARTS)),
                    item.time(PUBLISHED_AT),
                    item.text(BY),
                    item.optionalText(MESSAGE),
                    item.optionalText(SIGNATURE));
        } catch (IllegalArgumentException | ArithmeticException misfit) {
            throw LedgerUnavailable.unreadable("of a policy's version");
        }
    }
}
