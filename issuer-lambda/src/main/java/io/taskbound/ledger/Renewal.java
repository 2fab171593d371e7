// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import java.util.Optional;

/** The result of renewing a lease. */
public sealed interface Renewal {
    /** The lease runs on; the expiry did not move. */
    record Renewed(TokenRecord after) implements Renewal {}

    /** Nothing was renewed: the token is dead, unknown, or has no lease at all ({@code there} tells which). */
    record Dead(Optional<TokenRecord> there) implements Renewal {}
}
