// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import io.taskbound.client.credential.Credential;
import java.util.function.Function;

/** The result of asking for the credential that a task token stands for. */
public sealed interface CredentialAnswer {
    /** The credential, whole; it ends with the token. */
    record Delivered(Credential credential) implements CredentialAnswer {}

    /** The token is dead, or the foreign service gives no such credential; the refusal says which. */
    record Refused(Refusal refusal) implements CredentialAnswer {}

    /** No usable answer came; asking again is safe, and the token's end also ends what may have been made. */
    record Unavailable(Outage outage) implements CredentialAnswer {}

    /** One function for each kind of answer. */
    default <T> T match(
            Function<Delivered, T> delivered, Function<Refused, T> refused, Function<Unavailable, T> unavailable) {
        if (this instanceof Delivered it) {
            return delivered.apply(it);
        }
        return this instanceof Refused it ? refused.apply(it) : unavailable.apply((Unavailable) this);
    }
}
