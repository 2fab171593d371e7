// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

class InMemoryStatusListsTest extends StatusListsContract {
    private final InMemoryLedger ledger = new InMemoryLedger();

    @Override
    Ledger ledger() {
        return ledger;
    }
}
