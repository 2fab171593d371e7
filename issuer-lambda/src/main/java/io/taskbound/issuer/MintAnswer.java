// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.ledger.TokenRecord;
import io.taskbound.token.TaskToken;

/** The result of a token exchange. */
public sealed interface MintAnswer {

    /** A signed token whose record is written. */
    record Granted(TaskToken token, TokenRecord record) implements MintAnswer {}

    /** The dry run's yes. */
    record WouldGrant() implements MintAnswer {}

    record Refused(Refusal refusal) implements MintAnswer {}
}
