// SPDX-License-Identifier: Apache-2.0
package io.taskbound.token;

/** Where a key is in its life; it only ever moves down this list. */
public enum KeyPhase {
    /** In the JWK Set, so that every cache knows it before its first token. */
    PUBLISHED("published"),
    SIGNING("signing"),
    /** In the JWK Set for the tokens that it has signed. */
    RETIRING("retiring"),
    /** Its tokens are none any more. */
    REMOVED("removed");

    private final String word;

    KeyPhase(String word) {
        this.word = word;
    }

    /** As {@code taskbound keys list} says it. */
    public String word() {
        return word;
    }
}
