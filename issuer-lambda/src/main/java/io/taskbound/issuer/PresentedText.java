// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

/** Text that somebody presents as a task token. It may be a live secret, so its {@code toString} shows nothing. */
public final class PresentedText {
    private final String text;

    public PresentedText(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    @Override
    public String toString() {
        return "PresentedText[secret]";
    }
}
