// SPDX-License-Identifier: Apache-2.0
package io.taskbound.metrics;

import io.taskbound.ledger.KeyProofs;
import io.taskbound.ledger.ProofNonces;
import io.taskbound.token.Jti;
import io.taskbound.token.KeyThumbprint;
import java.time.Instant;

/** Proofs of keys in a ledger, timed as the rest of it. */
record WatchedKeyProofs(KeyProofs proofs, Stopwatch watch) implements KeyProofs {
    @Override
    public ProofNonces nonces(Instant now) {
        return watch.time(TimedPart.LEDGER, () -> proofs.nonces(now));
    }

    @Override
    public boolean use(Jti token, KeyThumbprint key, String proofId, String useKey, Instant now) {
        return watch.time(TimedPart.LEDGER, () -> proofs.use(token, key, proofId, useKey, now));
    }
}
