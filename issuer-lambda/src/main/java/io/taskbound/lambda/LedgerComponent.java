// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import io.taskbound.ledger.Ledger;
import io.taskbound.ledger.LedgerUnavailable;
import java.util.function.Supplier;

/** The ledger: opening it asks nothing; checking it is one read. */
final class LedgerComponent implements Component<Ledger> {
    private final Supplier<Ledger> opening;

    LedgerComponent(Supplier<Ledger> opening) {
        this.opening = opening;
    }

    @Override
    public Ledger open() {
        return opening.get();
    }

    @Override
    public void check(Ledger ledger) throws NotReady {
        try {
            ledger.denyList();
        } catch (LedgerUnavailable outOfReach) {
            throw new NotReady(Missing.TABLE_UNREACHABLE);
        }
    }
}
