// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

/**
 * The ledger is out of reach, throttled, timed out, or answered what cannot be read. Then it is unknown whether a token
 * is alive or whether a write took place, so the caller grants nothing. The message names the operation and the kind of
 * failure, never the content of an item.
 */
public final class LedgerUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LedgerUnavailable(String message) {
        super(message);
    }

    /** An item is not of our layout: some attribute is absent, or of another type, or says the impossible. */
    static LedgerUnavailable unreadable(String attribute) {
        return new LedgerUnavailable("attribute cannot be read: " + attribute);
    }
}
