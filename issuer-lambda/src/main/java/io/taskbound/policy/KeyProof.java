// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

/** Whether the tokens of a resource server are bound to a key of their holder (DPoP, RFC 9449). */
public enum KeyProof {
    /** No token is bound, whatever key a client offers: the server looks at no proof. */
    NONE("none"),
    /** A token is bound if its client offers a key. */
    OPTIONAL("optional"),
    /** No token without a key. */
    REQUIRED("required");

    private final String word;

    KeyProof(String word) {
        this.word = word;
    }

    /** Whether a key that a client offers is bound to its token. */
    public boolean binds() {
        return this != NONE;
    }

    /** As a policy writes it. */
    public String word() {
        return word;
    }
}
