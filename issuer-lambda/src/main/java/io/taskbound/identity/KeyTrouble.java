// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import java.util.Locale;

/**
 * Why a provider's keys could not be had, in our own words: nothing that the other side sent is repeated. For the audit
 * log, the operator's log and {@code policy explain}.
 *
 * @param sentence what went wrong and, where it is not plain, what to do; without a full stop
 */
public record KeyTrouble(Kind kind, String sentence) {
    /** The words are permanent: other people's queries depend on them. Each has a row in docs/audit.md. */
    public enum Kind {
        UNKNOWN_HOST,
        NO_CONNECTION,
        TLS,
        TIMED_OUT,
        BROKEN_OFF,
        STATUS,
        REDIRECT,
        TOO_LARGE,
        PRIVATE_ADDRESS,
        NOT_HTTPS,
        ADDRESS_CACHE,
        PROXY,
        MALFORMED,
        OTHER_ISSUER,
        NO_JWKS_URI,
        FOREIGN_JWKS_URI,
        NO_USABLE_KEY,
        ASKED_RECENTLY,
        BUSY,
        FAULT;

        /** As the audit log writes it. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What makes a key usable, for whoever publishes others. */
    static final String USABLE =
            "RSA of 2048 to 4096 bits with exponent 65537 and without the weakness ROCA (CVE-2017-15361), or EC on"
                    + " P-256, P-384 or P-521, for signatures";

    public KeyTrouble {
        if (sentence.isEmpty()) {
            throw new IllegalArgumentException("sentence is empty");
        }
    }

    /** A token's key id is unknown, and the provider was asked too short a time ago to be asked again. */
    static KeyTrouble askedRecently() {
        return new KeyTrouble(
                Kind.ASKED_RECENTLY,
                "the token's key id is not among the keys, and these were fetched less than "
                        + KeyCache.COOL_DOWN.toSeconds() + " s ago: the provider is asked again after that");
    }

    static KeyTrouble busy() {
        return new KeyTrouble(Kind.BUSY, "too many requests wait for the provider's keys");
    }

    static KeyTrouble noUsableKey(int published) {
        return new KeyTrouble(
                Kind.NO_USABLE_KEY,
                published == 0
                        ? "the provider's key set is empty"
                        : "none of the " + published + " keys in the provider's key set is usable: " + USABLE);
    }

    /** For a log line: the word first. */
    public String text() {
        return kind.wire() + ": " + sentence;
    }
}
