// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

/** The ledger that other tests use keeps the same promises. */
class InMemoryApprovalsTest extends ApprovalsContract {
    private final InMemoryLedger ledger = new InMemoryLedger();

    @Override
    Ledger ledger() {
        return ledger;
    }
}
