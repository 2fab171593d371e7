// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

/** Whether a token is alive at one instant, or what it died of. Made by {@link TokenRecord#livenessAt}. */
public enum Liveness {
    ALIVE,
    CLOSED,
    REVOKED,
    /** No use is left. */
    SPENT,
    /** Its lease ran out before its expiry. */
    LAPSED,
    EXPIRED
}
