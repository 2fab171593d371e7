// SPDX-License-Identifier: Apache-2.0
package io.taskbound.http;

import io.taskbound.ledger.Ledger;
import io.taskbound.ledger.LedgerUnavailable;
import java.time.Instant;

/** Tells a client what its next proof must carry (RFC 9449 section 8.2), with an answer that it gets anyway. */
final class NonceHeader {
    private static final String NAME = "DPoP-Nonce";
    private static final int UNAVAILABLE = 503;

    private final Ledger ledger;

    NonceHeader(Ledger ledger) {
        this.ledger = ledger;
    }

    /** The same answer; without the header where the ledger does not say, since the answer is worth more. */
    HttpResponse on(HttpResponse answer, Instant now) {
        if (answer.status() == UNAVAILABLE) {
            // The ledger, perhaps: nobody should wait for it a second time.
            return answer;
        }
        try {
            return answer.with(NAME, ledger.keyProofs().nonces(now).current());
        } catch (LedgerUnavailable outage) {
            return answer;
        }
    }
}
