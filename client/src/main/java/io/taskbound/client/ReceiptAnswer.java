// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import java.util.function.Function;

/** The result of asking for a receipt. */
public sealed interface ReceiptAnswer {
    /**
     * The issuer gave one; nobody has verified it yet.
     *
     * @param envelope the DSSE envelope, as text to be kept; no secret
     */
    record Received(String envelope) implements ReceiptAnswer {}

    /** There is none for this caller, or the request was wrong. */
    record Refused(Refusal refusal) implements ReceiptAnswer {}

    /** No usable answer came; asking again is safe. */
    record Unavailable(Outage outage) implements ReceiptAnswer {}

    /** One function for each kind of answer. */
    default <T> T match(
            Function<Received, T> received, Function<Refused, T> refused, Function<Unavailable, T> unavailable) {
        if (this instanceof Received it) {
            return received.apply(it);
        }
        return this instanceof Refused it ? refused.apply(it) : unavailable.apply((Unavailable) this);
    }
}
