// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import static io.taskbound.ledger.Attributes.CLAIMED_AT;
import static io.taskbound.ledger.Attributes.EXPIRES;
import static io.taskbound.ledger.Attributes.SLOT_HOLDER;
import static io.taskbound.ledger.Attributes.TTL;

import io.taskbound.token.Jti;
import java.time.Duration;
import java.time.Instant;

/**
 * One place of a limit, and whose it is.
 *
 * @param claimed when its holder claimed it, or last asked for it again
 * @param expires when its holder's token expires at the latest
 */
record BudgetSlot(Key key, Jti holder, Instant claimed, Instant expires) {
    private static final String SAME = SLOT_HOLDER + " = :seen AND " + CLAIMED_AT + " = :when";

    /** @throws LedgerUnavailable when the item is not of our layout */
    static BudgetSlot read(Item item) {
        return new BudgetSlot(
                item.key(),
                Jti.parse(item.text(SLOT_HOLDER)).orElseThrow(() -> LedgerUnavailable.unreadable(SLOT_HOLDER)),
                item.time(CLAIMED_AT),
                item.time(EXPIRES));
    }

    static BudgetSlot of(Key key, TokenRecord token, Instant now) {
        return new BudgetSlot(key, token.jti(), now, token.life().expires());
    }

    /** @param kept how long after the token's expiry the slot still says something */
    Item item(Duration kept) {
        return Item.draft()
                .key(key)
                .text(SLOT_HOLDER, holder.toString())
                .time(CLAIMED_AT, claimed)
                .time(EXPIRES, expires)
                .number(TTL, ttl(kept))
                .build();
    }

    /** This slot in place of the one that was seen, if nobody has claimed it since. */
    Update instead(BudgetSlot seen, Duration kept) {
        return Update.of(
                        "claim",
                        key,
                        SAME,
                        "SET " + SLOT_HOLDER + " = :jti, " + CLAIMED_AT + " = :at, " + EXPIRES + " = :x, #ttl = :ttl")
                .withName("#ttl", TTL)
                .with(":seen", seen.holder.toString())
                .with(":when", seen.claimed.toEpochMilli())
                .with(":jti", holder.toString())
                .with(":at", claimed.toEpochMilli())
                .with(":x", expires.toEpochMilli())
                .with(":ttl", ttl(kept));
    }

    /** As if it had been claimed long ago: free, unless its holder's record was written. */
    BudgetSlot givenBack() {
        return new BudgetSlot(key, holder, Instant.EPOCH, expires);
    }

    private long ttl(Duration kept) {
        return expires.plus(Ledger.MAX_SKEW).plus(kept).getEpochSecond();
    }
}
