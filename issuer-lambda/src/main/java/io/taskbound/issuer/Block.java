// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.audit.Reason;
import io.taskbound.ledger.Cause;
import io.taskbound.ledger.Ledger;
import io.taskbound.ledger.LedgerUnavailable;
import io.taskbound.ledger.TokenRecord;
import java.time.Instant;
import java.util.Optional;

/**
 * Why a token that was asked for must not be held.
 *
 * @param refusal what its caller is told
 * @param cause how its record ends, where it was written already
 */
record Block(Refusal refusal, Cause cause) {
    /**
     * By a close of its run or by the deny list; empty when neither forbids it. May throw {@link LedgerUnavailable}.
     */
    static Optional<Block> of(Ledger ledger, TokenRecord record, Instant now) {
        var blocks = ledger.blocks(record.jti().run());
        if (blocks.denyList().match(record, now).isPresent()) {
            return Optional.of(new Block(Refusal.notPermitted(Reason.DENIED), Cause.DENIED));
        }
        return blocks.isClosed(record)
                ? Optional.of(new Block(Refusal.badProof(Reason.RUN_CLOSED), Cause.RUN_CLOSED))
                : Optional.empty();
    }
}
