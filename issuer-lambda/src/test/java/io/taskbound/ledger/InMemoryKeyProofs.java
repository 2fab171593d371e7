// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import io.taskbound.digest.Base64Url;
import io.taskbound.token.Jti;
import io.taskbound.token.KeyThumbprint;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Nonces and used proofs in two maps. */
final class InMemoryKeyProofs implements KeyProofs {
    private final Map<Long, String> nonces = new HashMap<>();
    private final Map<List<Object>, String> used = new HashMap<>();

    @Override
    public synchronized ProofNonces nonces(Instant now) {
        long slot = ProofNonces.slot(now);
        return new ProofNonces(
                nonces.computeIfAbsent(slot, any -> Base64Url.random(16)), Optional.ofNullable(nonces.get(slot - 1)));
    }

    @Override
    public synchronized boolean use(Jti token, KeyThumbprint key, String proofId, String useKey, Instant now) {
        return used.merge(List.of(token, key, proofId), useKey, (there, wanted) -> there)
                .equals(useKey);
    }
}
