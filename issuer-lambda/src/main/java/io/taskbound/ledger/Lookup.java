// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import java.time.Instant;
import java.util.Optional;

/**
 * A record, if there is one, and the deny list of the same moment.
 *
 * @param record as it stands: closed too where its run or its job was
 */
public record Lookup(Optional<TokenRecord> record, DenyList denyList) {
    /** The record if it is alive at {@code now} and not denied. */
    public Optional<TokenRecord> alive(Instant now) {
        return record.filter(token -> token.livenessAt(now) == Liveness.ALIVE)
                .filter(token -> denyList.match(token, now).isEmpty());
    }
}
