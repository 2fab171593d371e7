// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import java.util.function.Function;

/** The result of using a token. */
public sealed interface Redemption {
    /** One function for each alternative. */
    <T> T match(
            Function<First, T> first,
            Function<Repeat, T> repeat,
            Function<Refused, T> refused,
            Function<Unknown, T> unknown);

    /** This use counts now, once, and is recorded. */
    record First(TokenRecord after) implements Redemption {
        @Override
        public <T> T match(
                Function<First, T> first,
                Function<Repeat, T> repeat,
                Function<Refused, T> refused,
                Function<Unknown, T> unknown) {
            return first.apply(this);
        }
    }

    /** This very use was counted before; it counts no more, and the work may be done already. */
    record Repeat(TokenRecord there) implements Redemption {
        @Override
        public <T> T match(
                Function<First, T> first,
                Function<Repeat, T> repeat,
                Function<Refused, T> refused,
                Function<Unknown, T> unknown) {
            return repeat.apply(this);
        }
    }

    /** Nothing was counted. */
    record Refused(TokenRecord there, Why why) implements Redemption {
        @Override
        public <T> T match(
                Function<First, T> first,
                Function<Repeat, T> repeat,
                Function<Refused, T> refused,
                Function<Unknown, T> unknown) {
            return refused.apply(this);
        }
    }

    /** There is no such record. */
    record Unknown() implements Redemption {
        @Override
        public <T> T match(
                Function<First, T> first,
                Function<Repeat, T> repeat,
                Function<Refused, T> refused,
                Function<Unknown, T> unknown) {
            return unknown.apply(this);
        }
    }

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
