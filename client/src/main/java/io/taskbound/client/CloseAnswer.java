// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import java.util.function.Function;

/** The result of closing (RFC 7009 section 2.2). */
public sealed interface CloseAnswer {
    /**
     * Nothing that was named is alive any more. The issuer says the same for tokens that were dead or never its own.
     */
    record Closed() implements CloseAnswer {}

    /** The request itself was refused, such as for an expired ID token; nothing was closed. */
    record Refused(Refusal refusal) implements CloseAnswer {}

    /** Unknown whether anything was closed. */
    record Unavailable(Outage outage) implements CloseAnswer {}

    /** One function for each kind of answer. */
    default <T> T match(
            Function<Closed, T> closed, Function<Refused, T> refused, Function<Unavailable, T> unavailable) {
        if (this instanceof Closed it) {
            return closed.apply(it);
        }
        return this instanceof Refused it ? refused.apply(it) : unavailable.apply((Unavailable) this);
    }
}
