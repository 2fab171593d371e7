// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.receipt;

/** Ends the reading of a receipt at its first flaw. It stays within this package. */
final class Flawed extends Exception {
    private static final long serialVersionUID = 1L;
    private final ReceiptFlaw flaw;

    Flawed(ReceiptFlaw flaw) {
        super(flaw.sentence(), null, false, false);
        this.flaw = flaw;
    }

    ReceiptFlaw flaw() {
        return flaw;
    }

    static void unless(boolean holds, ReceiptFlaw flaw) throws Flawed {
        if (!holds) {
            throw new Flawed(flaw);
        }
    }
}
