// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import java.util.function.Function;

/** What a resource server learns about a token without using it (RFC 7662 section 2.2). */
public sealed interface IntrospectAnswer {
    /** Alive, and for this server. */
    record Active(ActiveToken token) implements IntrospectAnswer {}

    /** Dead, forged, for another server, or limited and to be redeemed: the issuer does not say which. */
    record Inactive() implements IntrospectAnswer {}

    /** The server's own request was refused, such as {@code invalid_client}. */
    record Refused(Refusal refusal) implements IntrospectAnswer {}

    /** Not known: refuse the task. */
    record Unavailable(Outage outage) implements IntrospectAnswer {}

    /** One function for each kind of answer. */
    default <T> T match(
            Function<Active, T> active,
            Function<Inactive, T> inactive,
            Function<Refused, T> refused,
            Function<Unavailable, T> unavailable) {
        if (this instanceof Active it) {
            return active.apply(it);
        }
        if (this instanceof Inactive it) {
            return inactive.apply(it);
        }
        return this instanceof Refused it ? refused.apply(it) : unavailable.apply((Unavailable) this);
    }
}
