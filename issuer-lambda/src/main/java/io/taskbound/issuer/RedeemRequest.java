// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.task.Identifier;
import java.util.Optional;

/**
 * What a resource server is about to do for the holder of a token.
 *
 * @param useId the server's own name for this use, so that a retry after a lost answer counts once; without it every
 *     call is a use
 * @param repeat what a use that was counted before is answered with
 * @param proof that came with the token, of the key that it is bound to
 */
public record RedeemRequest(
        PresentedText token,
        String action,
        Identifier identifier,
        Optional<String> useId,
        Repeat repeat,
        Optional<PresentedProof> proof) {
    /** What the same use again means to the server that asks. */
    public enum Repeat {
        /** The work may be done already: not active. */
        INACTIVE,
        /** The server tells by its own record whether it has done the work, and asked for the first answer again. */
        ALLOWED
    }
}
