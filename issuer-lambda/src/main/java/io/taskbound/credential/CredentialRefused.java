// SPDX-License-Identifier: Apache-2.0
package io.taskbound.credential;

/**
 * The foreign service does not give what was asked for. The message is a sentence for the caller that says who must
 * change what; the detail is for the audit log. Neither contains text of the service's answer that is not checked, nor
 * any secret.
 */
public final class CredentialRefused extends Exception {
    private static final long serialVersionUID = 1L;
    private final String detail;

    public CredentialRefused(String sentence, String detail) {
        super(sentence, null, false, false);
        this.detail = detail;
    }

    /** For the audit log: the step of the exchange and what was answered, such as {@code access_tokens: 422}. */
    public String detail() {
        return detail;
    }
}
