// SPDX-License-Identifier: Apache-2.0
package io.taskbound.metrics;

/**
 * What was missing when a request could not be answered; the dimension {@code Part} of the metric {@code Unavailable}.
 */
public enum UnavailablePart {
    PROVIDER_KEYS("provider_keys"),
    LEDGER("ledger"),
    SIGNER("signer"),
    POLICY("policy"),
    /** A foreign service that makes credentials. */
    CREDENTIAL_SERVICE("credential_service"),
    /** None of these: a fault of ours. */
    INSIDE("inside");

    private final String wire;

    UnavailablePart(String wire) {
        this.wire = wire;
    }

    /** As CloudWatch is told. */
    public String wire() {
        return wire;
    }
}
