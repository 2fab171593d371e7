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
     * @param nonce what the next proof of its key must carry, where it is bound to one
     */
    record Active(TokenRecord record, Optional<Boolean> firstUse, Optional<String> nonce) implements TokenState {
        @Override
        public <T> T match(Function<Active, T> active, Function<Inactive, T> inactive, Function<Refused, T> refused) {
            return active.apply(this);
        }
    }

    /**
     * @param why only for a token that we signed for the server that asks; at /introspect only if the proof of its key
     *     is to blame
     * @param nonce what the next proof of its key must carry, where this one is to blame
     */
    record Inactive(Optional<Why> why, Optional<String> nonce) implements TokenState {
        static final Inactive SILENT = new Inactive(Optional.empty(), Optional.empty());

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
        REPEAT("repeat", Reason.REPEAT),
        /** Whoever uses it did not show that he has its key (RFC 9449 section 7.1). */
        INVALID_DPOP_PROOF("invalid_dpop_proof"),
        /** The proof has to carry the nonce of this answer (RFC 9449 section 9). */
        USE_DPOP_NONCE("use_dpop_nonce");

        private final String wire;
        private final Optional<Reason> reason;

        Why(String wire, Reason reason) {
            this.wire = wire;
            this.reason = Optional.of(reason);
        }

        /** Which rule the proof breaks, only the audit log says. */
        Why(String wire) {
            this.wire = wire;
            this.reason = Optional.empty();
        }

        /** The member {@code reason} of an answer of /redeem. */
        public String wire() {
            return wire;
        }

        /** Empty where the fault itself says it. */
        Optional<Reason> reason() {
            return reason;
        }
    }
}
