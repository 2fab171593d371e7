// SPDX-License-Identifier: Apache-2.0
package io.taskbound.metrics;

/** A part of the work on one request that is timed separately. */
public enum TimedPart {
    /** Fetching provider keys; nothing while the kept ones are fresh. */
    KEYS("KeysTime"),
    /** Looking whether the policy moved, and deciding. */
    POLICY("PolicyTime"),
    /** All requests to the table. */
    LEDGER("LedgerTime"),
    /** Making the token's signature; runs in parallel with the ledger if the signer is across the network. */
    SIGNER("SignerTime");

    private final String metric;

    TimedPart(String metric) {
        this.metric = metric;
    }

    String metric() {
        return metric;
    }
}
