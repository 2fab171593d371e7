// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.credential.ForeignCredential;
import io.taskbound.json.JsonArray;
import java.util.function.Function;

/** The result of a request for a foreign service's credential. */
public sealed interface CredentialAnswer {
    /** One function for each alternative. */
    <T> T match(Function<Delivered, T> delivered, Function<Refused, T> refused);

    /**
     * A credential whose record is written.
     *
     * @param refreshed whether the holder fetches it again after each heartbeat, because it dies with the lease
     * @param details what was granted
     */
    record Delivered(String kind, ForeignCredential credential, boolean refreshed, JsonArray details)
            implements CredentialAnswer {
        @Override
        public <T> T match(Function<Delivered, T> delivered, Function<Refused, T> refused) {
            return delivered.apply(this);
        }
    }

    record Refused(Refusal refusal) implements CredentialAnswer {
        @Override
        public <T> T match(Function<Delivered, T> delivered, Function<Refused, T> refused) {
            return refused.apply(this);
        }
    }
}
