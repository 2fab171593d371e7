// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

/** The result of using a token. */
public sealed interface Redemption {
    /** This use counts now, once, and is recorded. */
    record First(TokenRecord after) implements Redemption {}

    /** This very use was counted before; it counts no more and is still good. */
    record Repeat(TokenRecord there) implements Redemption {}

    /** Nothing was counted. */
    record Refused(TokenRecord there, Why why) implements Redemption {}

    /** There is no such record. */
    record Unknown() implements Redemption {}

    /** Why a use was refused. */
    enum Why {
        EXPIRED,
        /** Closed or revoked. */
        CLOSED,
        LAPSED,
        /** The object has no use left. */
        SPENT,
        /** Another task than recorded, an object that it does not have, or a use key seen with other values. */
        NOT_PERMITTED
    }
}
