// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import static io.taskbound.ledger.Attributes.NONCE;
import static io.taskbound.ledger.Attributes.PROOF_USE;
import static io.taskbound.ledger.Attributes.TTL;

import io.taskbound.digest.Base64Url;
import io.taskbound.token.Jti;
import io.taskbound.token.KeyThumbprint;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Nonces and used proofs in the ledger's table. */
final class DynamoKeyProofs implements KeyProofs {
    private static final int NONCE_BYTES = 16;
    /** Longer than a nonce is taken, and longer than a proof is young enough. */
    private static final Duration KEPT = Duration.ofHours(1);

    private final DynamoTable table;
    private volatile Optional<Known> known = Optional.empty();

    DynamoKeyProofs(DynamoTable table) {
        this.table = table;
    }

    /** The nonces of one slot, which never change once they were read. */
    private record Known(long slot, ProofNonces nonces) {}

    @Override
    public ProofNonces nonces(Instant now) {
        long slot = ProofNonces.slot(now);
        var there = known;
        if (there.filter(of -> of.slot() == slot).isPresent()) {
            return there.get().nonces();
        }
        var read = read(slot, now);
        known = Optional.of(new Known(slot, read));
        return read;
    }

    private ProofNonces read(long slot, Instant now) {
        var items = table.get("nonces", List.of(Key.nonce(slot), Key.nonce(slot - 1)));
        var last = Optional.ofNullable(items.get(Key.nonce(slot - 1))).map(item -> item.text(NONCE));
        var current = Optional.ofNullable(items.get(Key.nonce(slot)));
        return new ProofNonces(current.orElseGet(() -> made(slot, now)).text(NONCE), last);
    }

    /** Ours, or that of an issuer who was quicker. */
    private Item made(long slot, Instant now) {
        var item = Item.draft()
                .key(Key.nonce(slot))
                .text(NONCE, Base64Url.random(NONCE_BYTES))
                .number(TTL, ttl(now))
                .build();
        return table.putIfAbsent("nonce", item).orElse(item);
    }

    /** The use key tells the SDK's own repetition of this put from a replay, too. */
    @Override
    public boolean use(Jti token, KeyThumbprint key, String proofId, String useKey, Instant now) {
        var item = Item.draft()
                .key(Key.usedProof(token, key, proofId))
                .text(PROOF_USE, useKey)
                .number(TTL, ttl(now))
                .build();
        return table.putIfAbsent("use proof", item)
                .map(there -> there.text(PROOF_USE).equals(useKey))
                .orElse(true);
    }

    private static long ttl(Instant now) {
        return now.plus(KEPT).getEpochSecond();
    }
}
