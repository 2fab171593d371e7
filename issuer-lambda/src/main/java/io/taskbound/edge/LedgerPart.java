// SPDX-License-Identifier: Apache-2.0
package io.taskbound.edge;

import io.taskbound.ledger.Ledger;
import io.taskbound.ledger.LedgerUnavailable;
import java.util.function.Supplier;

/** The ledger: opening it asks nothing; checking it is one read. */
final class LedgerPart implements Part<Ledger> {
    private final Supplier<Ledger> opening;

    LedgerPart(Supplier<Ledger> opening) {
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
            throw new NotReady(Lack.TABLE_UNREACHABLE);
        }
    }
}
