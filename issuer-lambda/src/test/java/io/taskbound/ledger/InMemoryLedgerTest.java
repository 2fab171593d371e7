// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

class InMemoryLedgerTest extends LedgerContract {
    private final Ledger ledger = new InMemoryLedger();

    @Override
    Ledger ledger() {
        return ledger;
    }
}
