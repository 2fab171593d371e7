// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

/** The result of writing a new record. */
public sealed interface Minted {
    /** The record is in the ledger, and this call put it there: the proof was unused until now. */
    record Recorded() implements Minted {}

    /** The proof was used before: the record that it gave then, dead or alive. Nothing was written. */
    record Existing(TokenRecord there) implements Minted {}
}
