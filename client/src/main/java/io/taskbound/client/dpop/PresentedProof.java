// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.dpop;

import java.net.URI;

/**
 * A proof as a server received it, with the request that it came in: what the server hands to the issuer, which checks
 * it. Nothing in it is verified, and it is good for that one request alone.
 *
 * @param jwt the value of the request's one header {@code DPoP}
 * @param method of the request, as received
 * @param url of the request as the server knows its own public URL, never put together from what the caller says of it
 */
public record PresentedProof(String jwt, String method, URI url) {
    private static final int MAX_LENGTH = 8 * 1024;

    /** Refuses a blank text and what is too long for a proof with {@link IllegalArgumentException}. */
    public PresentedProof {
        if (jwt.isBlank() || jwt.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("a proof has 1 to " + MAX_LENGTH + " characters");
        }
        if (method.isBlank()) {
            throw new IllegalArgumentException("method is empty");
        }
    }

    @Override
    public String toString() {
        return "PresentedProof[" + method + "]";
    }
}
