// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

/** What the service says about the ledger's table, which the ledger cannot find out by its own requests. */
public enum TableState {
    /** There, and its items are deleted some time after their {@code ttl}. */
    READY,
    /** There, but nothing is ever deleted, or by another attribute. */
    WITHOUT_TTL,
    /** We are not allowed to ask. */
    TTL_NOT_READABLE,
    ABSENT,
    /** The service did not answer; the next request may find out more. */
    UNKNOWN
}
