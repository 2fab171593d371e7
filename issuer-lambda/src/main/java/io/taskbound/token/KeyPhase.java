// SPDX-License-Identifier: Apache-2.0
package io.taskbound.token;

import java.util.Locale;

/** Where a key is in its life; it only ever moves down this list. */
public enum KeyPhase {
    /** In the JWK Set, so that every cache knows it before its first token. */
    PUBLISHED,
    SIGNING,
    /** In the JWK Set for the tokens that it has signed. */
    RETIRING,
    /** Its tokens are none any more. */
    REMOVED;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
