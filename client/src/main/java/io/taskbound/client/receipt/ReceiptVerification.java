// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.receipt;

import java.util.function.Function;

/** The result of {@link ReceiptVerifier#verify}. */
public sealed interface ReceiptVerification {
    /** A key of the issuer signed exactly this. */
    record Accepted(VerifiedReceipt receipt) implements ReceiptVerification {}

    /** Nothing in it may be believed. */
    record Rejected(ReceiptFlaw flaw) implements ReceiptVerification {}

    /** One function for each kind of result. */
    default <T> T match(Function<Accepted, T> accepted, Function<Rejected, T> rejected) {
        return this instanceof Accepted it ? accepted.apply(it) : rejected.apply((Rejected) this);
    }
}
