// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.ledger.Liveness;
import io.taskbound.ledger.TokenRecord;
import java.time.Duration;
import java.time.Instant;

/**
 * When a second exchange of one ID token is the same client asking again because it never saw the answer (docs/mint.md,
 * "When the answer is lost"): the same request under the same {@code txn} and the same holder's challenge, which no ID
 * token shows, the same key if any, the record alive and unspent, and either young or never signed. The caller has
 * already checked that the policy still allows it.
 */
final class LostAnswer {
    private static final Duration YOUNG = Duration.ofSeconds(30);

    private LostAnswer() {}

    static boolean mayBeGivenAgain(TokenRecord asked, TokenRecord there, Instant now) {
        return asked.holder().isPresent()
                && asked.holder().equals(there.holder())
                && asked.txn().equals(there.txn())
                && asked.requestHash().equals(there.requestHash())
                && asked.key().equals(there.key())
                && there.livenessAt(now) == Liveness.ALIVE
                && there.uses().count() == 0
                // at most 30 s old: equality is still young
                && (there.life().unsigned()
                        || !now.isAfter(there.life().issued().plus(YOUNG)));
    }
}
