// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench;

import io.taskbound.ledger.KeyProofs;
import io.taskbound.ledger.ProofNonces;
import io.taskbound.token.Jti;
import io.taskbound.token.KeyThumbprint;
import java.time.Instant;

/** No token that is measured here is bound to a key. */
final class NoKeyProofs implements KeyProofs {
    static final KeyProofs NONE = new NoKeyProofs();

    private NoKeyProofs() {}

    @Override
    public ProofNonces nonces(Instant now) {
        throw notPartOfThis();
    }

    @Override
    public boolean use(Jti token, KeyThumbprint key, String proofId, String useKey, Instant now) {
        throw notPartOfThis();
    }

    private static UnsupportedOperationException notPartOfThis() {
        return new UnsupportedOperationException("not part of what is measured");
    }
}
