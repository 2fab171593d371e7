// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.audit.Reason;
import io.taskbound.ledger.TokenRecord;
import java.util.Optional;
import java.util.function.Function;

/** What a resource server learns about a token. */
public sealed interface TokenState {
    /** One function for each alternative. */
    <T> T match(Function<Active, T> active, Function<Inactive, T> inactive, Function<Refused, T> refused);

    /**
     * @param record what was granted, from the ledger
     * @param firstUse at /redeem: whether this is the first time that this use is counted; absent at /introspect
     */
    record Active(TokenRecord record, Optional<Boolean> firstUse) implements TokenState {
        @Override
        public <T> T match(Function<Active, T> active, Function<Inactive, T> inactive, Function<Refused, T> refused) {
            return active.apply(this);
        }
    }

    /** @param why only at /redeem, and only for a token that we signed for the server that asks */
    record Inactive(Optional<Why> why) implements TokenState {
        static final Inactive SILENT = new Inactive(Optional.empty());

        @Override
        public <T> T match(Function<Active, T> active, Function<Inactive, T> inactive, Function<Refused, T> refused) {
            return inactive.apply(this);
        }
    }

    record Refused(Refusal refusal) implements TokenState {
        @Override
        public <T> T match(Function<Active, T> active, Function<Inactive, T> inactive, Function<Refused, T> refused) {
            return refused.apply(this);
        }
    }

    /** Why a token of one's own is not active, as its resource server and as the audit log hear it. */
    enum Why {
        EXPIRED("expired", Reason.EXPIRED),
        CLOSED("closed", Reason.CLOSED),
        LAPSED("lapsed", Reason.LAPSED),
        /** Its change window is over. */
        WINDOW("window", Reason.WINDOW),
        SPENT("spent", Reason.SPENT),
        NOT_PERMITTED("not_permitted", Reason.NOT_PERMITTED),
        /** This very use was counted before, so the work may be done already. */
        REPEAT("repeat", Reason.REPEAT);

        private final String wire;
        private final Reason reason;

        Why(String wire, Reason reason) {
            this.wire = wire;
            this.reason = reason;
        }

        /** The member {@code reason} of an answer of /redeem. */
        public String wire() {
            return wire;
        }

        Reason reason() {
            return reason;
        }
    }
}
