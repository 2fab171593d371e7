// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

/** The model of the contract keeps it, too. */
class InMemoryCredentialsTest extends CredentialsContract {
    private final InMemoryLedger ledger = new InMemoryLedger();

    @Override
    Ledger ledger() {
        return ledger;
    }
}
