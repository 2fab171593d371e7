// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import static io.taskbound.ledger.Attributes.CLOSED_BEFORE;
import static io.taskbound.ledger.Attributes.CLOSED_PROOFS;
import static io.taskbound.ledger.Attributes.ENDED;
import static io.taskbound.ledger.Attributes.TTL;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** The control item of a run or of a job. */
final class ControlItem {
    private ControlItem() {}

    /** Closes everything up to {@code at}; a later closing stays as it is. */
    static Update closing(Key key, Instant at, long ttlEpochSeconds) {
        return Update.of(
                        "close all",
                        key,
                        "attribute_not_exists(" + CLOSED_BEFORE + ") OR " + CLOSED_BEFORE + " < :at",
                        "SET " + CLOSED_BEFORE + " = :at, #ttl = :ttl")
                .withName("#ttl", TTL)
                .with(":at", at.toEpochMilli())
                .with(":ttl", ttlEpochSeconds);
    }

    /** Closes proofs up to one that the provider's clock, running ahead of ours, has dated later than the closing. */
    static Update closingProofs(Key key, Instant proofIssued, long ttlEpochSeconds) {
        return Update.of(
                        "close all",
                        key,
                        "attribute_not_exists(" + CLOSED_PROOFS + ") OR " + CLOSED_PROOFS + " < :proof",
                        "SET " + CLOSED_PROOFS + " = :proof, #ttl = :ttl")
                .withName("#ttl", TTL)
                .with(":proof", proofIssued.toEpochMilli())
                .with(":ttl", ttlEpochSeconds);
    }

    static RunControl read(Map<Key, Item> items, Key key) {
        return Optional.ofNullable(items.get(key))
                .map(item -> new RunControl(
                        item.optionalTime(CLOSED_BEFORE), item.optionalTime(CLOSED_PROOFS), item.has(ENDED)))
                .orElse(RunControl.OPEN);
    }
}
