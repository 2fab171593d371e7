// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.identity.IdToken;
import io.taskbound.token.HolderVerifier;
import io.taskbound.token.Jti;
import java.util.function.Function;

/** A well-formed request for a receipt; nothing in it is verified, except where an administrator asks. */
public sealed interface ReceiptRequest {
    /** One function for each form. */
    <T> T match(Function<ByToken, T> byToken, Function<ByHandle, T> byHandle, Function<ByAdministrator, T> byAdmin);

    /**
     * Of a token in hand, alive or not.
     *
     * @param verifier what the one who asked for the token alone knows
     */
    record ByToken(PresentedText token, HolderVerifier verifier) implements ReceiptRequest {
        @Override
        public <T> T match(
                Function<ByToken, T> byToken, Function<ByHandle, T> byHandle, Function<ByAdministrator, T> byAdmin) {
            return byToken.apply(this);
        }
    }

    /** Of a token of the caller's own run. */
    record ByHandle(IdToken proof, Jti handle) implements ReceiptRequest {
        @Override
        public <T> T match(
                Function<ByToken, T> byToken, Function<ByHandle, T> byHandle, Function<ByAdministrator, T> byAdmin) {
            return byHandle.apply(this);
        }
    }

    /**
     * Of any token: not for what came over HTTP.
     *
     * @param by who asks, as they say; for the audit log
     */
    record ByAdministrator(Jti handle, String by) implements ReceiptRequest {
        @Override
        public <T> T match(
                Function<ByToken, T> byToken, Function<ByHandle, T> byHandle, Function<ByAdministrator, T> byAdmin) {
            return byAdmin.apply(this);
        }
    }
}
