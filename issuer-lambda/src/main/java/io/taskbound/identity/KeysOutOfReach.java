// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import java.io.IOException;

/** A provider's document could not be had, and why. */
public final class KeysOutOfReach extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient KeyTrouble trouble;

    KeysOutOfReach(KeyTrouble.Kind kind, String sentence) {
        super(sentence);
        this.trouble = new KeyTrouble(kind, sentence);
    }

    KeysOutOfReach(KeyTrouble.Kind kind, String sentence, Throwable cause) {
        super(sentence, cause);
        this.trouble = new KeyTrouble(kind, sentence);
    }

    /** The reason of a fetch that failed, whoever made it. */
    static KeyTrouble trouble(IOException failed) {
        return failed instanceof KeysOutOfReach known
                ? known.trouble
                : new KeyTrouble(
                        KeyTrouble.Kind.FAULT,
                        "the fetch broke (" + failed.getClass().getSimpleName() + ")");
    }

    /** The same with the document that was asked for. */
    KeysOutOfReach askedFor(String document) {
        return new KeysOutOfReach(trouble.kind(), trouble.sentence() + "; asked for " + document, this);
    }
}
