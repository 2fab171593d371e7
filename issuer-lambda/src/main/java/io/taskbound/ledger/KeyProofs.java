// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import io.taskbound.token.Jti;
import io.taskbound.token.KeyThumbprint;
import java.time.Instant;

/**
 * What must be known of proofs of keys (RFC 9449): the nonces that they may carry, and which of them were used. Each
 * method may throw {@link LedgerUnavailable}; the caller then grants nothing.
 */
public interface KeyProofs {
    /**
     * The nonces of the present. Every issuer of this ledger gives the same, and whoever asks first in a slot of time
     * makes that slot's; asked again in the same slot, this costs nothing.
     */
    ProofNonces nonces(Instant now);

    /**
     * Uses a proof up, in one conditional write. False if it was used before for something else: then it is a replay.
     *
     * @param proofId its {@code jti}, which the key gives once
     * @param useKey names what it is used for: the same again is the same use
     */
    boolean use(Jti token, KeyThumbprint key, String proofId, String useKey, Instant now);
}
