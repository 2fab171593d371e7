// SPDX-License-Identifier: Apache-2.0
package io.taskbound.credential;

/**
 * No credential of the foreign service is exactly what was granted. The message is a sentence for the caller, whom a
 * rule has allowed: it says what to request instead, and nothing of the policy.
 */
public final class NotDeliverable extends Exception {
    private static final long serialVersionUID = 1L;

    public NotDeliverable(String sentence) {
        super(sentence, null, false, false);
    }
}
