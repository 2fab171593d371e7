// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

/** How writing a new record ended. */
public sealed interface Minted {
    /** The record is in the ledger, and this call put it there: the proof was unused until now. */
    record Recorded() implements Minted {}

    /** The proof was used before: the record that it gave then, dead or alive. Nothing was written. */
    record Existing(TokenRecord there) implements Minted {}
}
