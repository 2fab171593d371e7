// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import java.util.UUID;

/**
 * One use of a token: what the resource server is about to do. Build the identifier from the bytes that you received,
 * never from what the request claims.
 *
 * @param action as in the policy
 * @param identifier the one target, compared character by character
 * @param useId the same use has the same id, so that asking again counts once; at best the id that your caller's
 *     retries share
 */
public record Use(String action, String identifier, String useId) {
    /** Refuses a blank text with {@link IllegalArgumentException}. */
    public Use {
        requireText("action", action);
        requireText("identifier", identifier);
        requireText("useId", useId);
    }

    /** A use that no other call shares: only the client's own tries are counted as one. */
    public static Use once(String action, String identifier) {
        return new Use(action, identifier, UUID.randomUUID().toString());
    }

    private static void requireText(String name, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(name + " is empty");
        }
    }
}
