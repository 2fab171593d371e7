// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import java.time.Instant;
import java.util.function.Function;

/** How the end of a held token went. Never a reason to fail the work that is done: expiry is the backstop. */
public sealed interface CloseOutcome {
    /** The token's {@code jti}; no secret. */
    String handle();

    /** The issuer acknowledged: from now on nobody can use it. */
    record Closed(String handle) implements CloseOutcome {}

    /** It had expired, or the issuer had refused a heartbeat before. */
    record AlreadyDead(String handle) implements CloseOutcome {}

    /**
     * Nobody acknowledged; a copy of the token may be used until it expires.
     *
     * @param why one printable sentence without a secret
     */
    record Failed(String handle, Instant expiresAt, String why) implements CloseOutcome {}

    /** One function for each kind of outcome. */
    default <T> T match(Function<Closed, T> closed, Function<AlreadyDead, T> alreadyDead, Function<Failed, T> failed) {
        if (this instanceof Closed it) {
            return closed.apply(it);
        }
        return this instanceof AlreadyDead it ? alreadyDead.apply(it) : failed.apply((Failed) this);
    }
}
