// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.credential;

/** An answer that is not a whole credential of the granted kind. The message names a member and never a value. */
public final class UnusableCredential extends Exception {
    private static final long serialVersionUID = 1L;

    UnusableCredential(String sentence) {
        super(sentence, null, false, false);
    }
}
