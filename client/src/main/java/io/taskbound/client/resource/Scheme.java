// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.resource;

import java.util.Optional;

/** How a token is presented. */
public enum Scheme {
    /** Whoever has it may use it (RFC 6750). */
    BEARER("Bearer"),
    /** Together with a proof of the key that it is bound to (RFC 9449 section 7.1). */
    DPOP("DPoP");

    private final String word;

    Scheme(String word) {
        this.word = word;
    }

    /** As it stands in {@code Authorization} and {@code WWW-Authenticate}. */
    public String word() {
        return word;
    }

    /** In any case (RFC 9110 section 11.1). */
    static Optional<Scheme> named(String word) {
        for (var scheme : values()) {
            if (scheme.word.equalsIgnoreCase(word)) {
                return Optional.of(scheme);
            }
        }
        return Optional.empty();
    }
}
