// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.ledger.TokenRecord;
import java.util.Optional;

/** What a resource server learns about a token. */
public sealed interface TokenState {

    /**
     * @param record what was granted, from the ledger
     * @param firstUse at /redeem: whether this is the first time that this use is counted; absent at /introspect
     */
    record Active(TokenRecord record, Optional<Boolean> firstUse) implements TokenState {}

    /** @param why only at /redeem, and only for a token that we signed for the server that asks */
    record Inactive(Optional<Why> why) implements TokenState {
        static final Inactive SILENT = new Inactive(Optional.empty());
    }

    record Refused(Refusal refusal) implements TokenState {}

    /** Why a token of one's own is not active; its wire form is the name in lower case. */
    enum Why {
        EXPIRED,
        CLOSED,
        LAPSED,
        SPENT,
        NOT_PERMITTED
    }
}
