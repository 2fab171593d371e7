// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

/** What the ledger stores about a token's end. Spent, lapsed and expired are never stored: see {@link Liveness}. */
public enum State {
    ACTIVE,
    /** Closed by its holder or by the end of its job or run. */
    CLOSED,
    /** Closed by an administrator or by the deny list. */
    REVOKED
}
