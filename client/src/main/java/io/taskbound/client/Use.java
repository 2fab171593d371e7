// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import io.taskbound.client.dpop.PresentedProof;
import java.util.Optional;
import java.util.UUID;

/**
 * One use of a token: what the resource server is about to do. Build the identifier from the bytes that you received,
 * never from what the request claims.
 *
 * @param action as in the policy
 * @param identifier the one target, compared character by character
 * @param useId the server's own name for this use, such as the id of its job; the same use asked for again counts once.
 *     Never take it from the caller: who repeats his request would repeat it too
 * @param repeatAllowed the server wants the first answer to this use again, for a job of its own that it knows to be
 *     undone
 * @param proof what came with a token that is bound to a key; the issuer checks it
 */
public record Use(
        String action, String identifier, String useId, boolean repeatAllowed, Optional<PresentedProof> proof) {
    /** Refuses a blank text with {@link IllegalArgumentException}. */
    public Use {
        requireText("action", action);
        requireText("identifier", identifier);
        requireText("useId", useId);
    }

    /** For a job of the server's own: {@link RedeemAnswer.Repeated} says that it was counted before. */
    public Use(String action, String identifier, String useId) {
        this(action, identifier, useId, false, Optional.empty());
    }

    /** A use that no other call shares: only the client's own tries are counted as one. */
    public static Use once(String action, String identifier) {
        return new Use(action, identifier, UUID.randomUUID().toString());
    }

    /** The same use, for a job that the server's own record says to be undone, such as after a crash. */
    public Use allowingRepeat() {
        return new Use(action, identifier, useId, true, proof);
    }

    /** The same use, by a request that brought this proof of the token's key (RFC 9449). */
    public Use withProof(PresentedProof value) {
        return new Use(action, identifier, useId, repeatAllowed, Optional.of(value));
    }

    private static void requireText(String name, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(name + " is empty");
        }
    }
}
