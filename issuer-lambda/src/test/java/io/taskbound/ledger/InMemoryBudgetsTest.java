// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

class InMemoryBudgetsTest extends BudgetsContract {
    private final InMemoryLedger ledger = new InMemoryLedger();

    @Override
    Ledger ledger() {
        return ledger;
    }

    @Override
    void deny(DenyEntry entry) {
        ledger.deny(entry);
    }
}
