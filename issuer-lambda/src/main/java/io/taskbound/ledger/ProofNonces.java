// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The nonces that a proof of a key may carry (RFC 9449 section 8). A proof that was made ahead is useless once its
 * nonce is neither of these: after two slots at most.
 *
 * @param current of this slot of time; what answers give
 * @param last of the slot before; absent where nobody needed one
 */
public record ProofNonces(String current, Optional<String> last) {
    /** How long one is the current one. */
    public static final Duration SLOT = Duration.ofMinutes(5);

    static long slot(Instant now) {
        return Math.floorDiv(now.getEpochSecond(), SLOT.toSeconds());
    }

    /** Whether a proof with this nonce was made within this slot or the one before. */
    public boolean include(String nonce) {
        return nonce.equals(current) || last.filter(nonce::equals).isPresent();
    }
}
