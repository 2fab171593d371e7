// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import java.io.IOException;

/** The answer is longer than the request allowed; what was read of it is dropped. */
public final class AnswerTooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    /** @param limitBytes what the request allowed */
    public AnswerTooLargeException(int limitBytes) {
        super("answer is longer than " + limitBytes + " bytes");
    }
}
