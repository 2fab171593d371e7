// SPDX-License-Identifier: Apache-2.0
package io.taskbound.token;

import io.taskbound.json.JsonObject;
import java.time.Instant;

/** The keys for task tokens: the one that signs now, and all published ones. Safe for use by many threads. */
public interface SigningKeys {

    /** Moves on to what is due at this instant; asked before each request. Never throws. */
    default void follow(Instant now) {}

    /**
     * The key that signs. A token takes its {@code kid} and its signature from one such object.
     *
     * @throws SignerUnavailable when there is none, or it cannot be opened
     */
    TaskSigner signing() throws SignerUnavailable;

    /**
     * The JWK Set to publish (RFC 7517 section 5): every public key whose tokens may still live, and those that will
     * sign soon. The same object as long as nothing moved.
     */
    JsonObject published();
}
