// SPDX-License-Identifier: Apache-2.0
package io.taskbound.http;

import io.taskbound.audit.Reason;
import io.taskbound.issuer.ErrorCode;
import io.taskbound.login.LoginFailed;

/** Ends the work on a request for a page; {@link ApprovalPage} makes a page with the sentence of it. */
final class PageRefused extends Exception {
    private static final long serialVersionUID = 1L;
    private final int status;
    private final Reason reason;
    private final String detail;

    /**
     * @param sentence for the person: what is wrong and what to do
     * @param detail for the audit log: nothing of it came with the request
     */
    PageRefused(int status, String sentence, Reason reason, String detail) {
        super(sentence, null, false, false);
        this.status = status;
        this.reason = reason;
        this.detail = detail;
    }

    static PageRefused of(LoginFailed failed) {
        boolean later = failed.kind() == LoginFailed.Kind.OUT_OF_REACH;
        return new PageRefused(
                later ? 503 : 400,
                failed.kind().sentence(),
                later ? Reason.LOGIN_UNAVAILABLE : Reason.LOGIN_REFUSED,
                failed.detail());
    }

    static PageRefused of(RefusedRequest refused) {
        return new PageRefused(
                refused.status(),
                "The browser's request cannot be read: " + refused.refusal().description()
                        + ". Open the link of the approval again.",
                refused.refusal().reason(),
                refused.refusal().description());
    }

    boolean isOutage() {
        return reason == Reason.LOGIN_UNAVAILABLE;
    }

    /** As the audit log names it. */
    String error() {
        return (isOutage() ? ErrorCode.TEMPORARILY_UNAVAILABLE : ErrorCode.INVALID_REQUEST).wire();
    }

    int status() {
        return status;
    }

    String sentence() {
        return String.valueOf(getMessage());
    }

    Reason reason() {
        return reason;
    }

    String detail() {
        return detail;
    }
}
