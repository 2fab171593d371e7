// SPDX-License-Identifier: Apache-2.0
package io.taskbound.dpop;

/**
 * What came as the header {@code DPoP}, or was passed on from one; nothing in it is checked. Until it is used, a copy
 * of it may be worth something, so its {@code toString} shows nothing.
 */
public final class ProofText {
    private final String text;

    public ProofText(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    @Override
    public String toString() {
        return "ProofText[secret]";
    }
}
