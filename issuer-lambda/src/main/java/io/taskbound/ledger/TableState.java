// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

/** What the service says about the ledger's table, of which a ledger can be no judge by its own requests. */
public enum TableState {
    /** There, and its items are deleted some time after their {@code ttl}. */
    READY,
    /** There, but nothing is ever deleted, or by another attribute. */
    WITHOUT_TTL,
    /** We are not allowed to ask. */
    TTL_NOT_READABLE,
    ABSENT,
    /** The service did not answer; the next who asks may know more. */
    UNKNOWN
}
