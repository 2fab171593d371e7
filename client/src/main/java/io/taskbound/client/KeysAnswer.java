// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import java.util.function.Function;

/** The result of asking an issuer for its public keys. */
public sealed interface KeysAnswer {
    /** @param jwks the JWK Set as it was published; it has at least one key that can be used */
    record Published(String jwks) implements KeysAnswer {}

    /** No usable key set came. */
    record Unavailable(Outage outage) implements KeysAnswer {}

    /** One function for each kind of answer. */
    default <T> T match(Function<Published, T> published, Function<Unavailable, T> unavailable) {
        return this instanceof Published it ? published.apply(it) : unavailable.apply((Unavailable) this);
    }
}
