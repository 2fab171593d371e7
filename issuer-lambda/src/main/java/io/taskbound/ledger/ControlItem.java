// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** The control item of a run or of a job. */
final class ControlItem {
    private ControlItem() {}

    /** Closes everything up to {@code at}; a later closing stays as it is. */
    static Update closing(Key key, Instant at, long ttlEpochSeconds) {
        return Update.of("close all", key, "attribute_not_exists(cl) OR cl < :at", "SET cl = :at, #ttl = :ttl")
                .withName("#ttl", "ttl")
                .with(":at", at.toEpochMilli())
                .with(":ttl", ttlEpochSeconds);
    }

    /** Closes proofs up to one that the provider's clock, running ahead of ours, has dated later than the closing. */
    static Update closingProofs(Key key, Instant proofIssued, long ttlEpochSeconds) {
        return Update.of("close all", key, "attribute_not_exists(ci) OR ci < :proof", "SET ci = :proof, #ttl = :ttl")
                .withName("#ttl", "ttl")
                .with(":proof", proofIssued.toEpochMilli())
                .with(":ttl", ttlEpochSeconds);
    }

    static RunControl read(Map<Key, Item> items, Key key) {
        return Optional.ofNullable(items.get(key))
                .map(item -> new RunControl(item.optionalTime("cl"), item.optionalTime("ci"), item.has("en")))
                .orElse(RunControl.OPEN);
    }
}
