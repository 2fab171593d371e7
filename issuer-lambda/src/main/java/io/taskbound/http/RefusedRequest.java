// SPDX-License-Identifier: Apache-2.0
package io.taskbound.http;

import io.taskbound.audit.Reason;
import io.taskbound.issuer.ErrorCode;
import io.taskbound.issuer.Refusal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Ends the reading of a request at its first fault. It stays within this package: {@link IssuerEdge} makes the answer
 * of it.
 */
final class RefusedRequest extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient Refusal refusal;
    private final int status;
    private final @Nullable String allow;

    private RefusedRequest(Refusal refusal, int status, @Nullable String allow) {
        super(refusal.description(), null, false, false);
        this.refusal = refusal;
        this.status = status;
        this.allow = allow;
    }

    RefusedRequest(Refusal refusal, int status) {
        this(refusal, status, null);
    }

    RefusedRequest(Refusal refusal) {
        this(refusal, refusal.code().status());
    }

    static RefusedRequest malformed(String description) {
        return new RefusedRequest(Refusal.malformed(description));
    }

    static RefusedRequest malformed(int status, String description) {
        return new RefusedRequest(Refusal.malformed(description), status);
    }

    /** @param allow the methods that the endpoint takes, for the header of that name (RFC 9110 section 15.5.6) */
    static RefusedRequest wrongMethod(String description, String allow) {
        return new RefusedRequest(Refusal.malformed(description), 405, allow);
    }

    static RefusedRequest of(ErrorCode code, String description) {
        return new RefusedRequest(new Refusal(code, description, Reason.MALFORMED, Optional.empty()));
    }

    Refusal refusal() {
        return refusal;
    }

    int status() {
        return status;
    }

    /** What to say in the header Allow; empty unless the method was the fault. */
    Optional<String> allow() {
        return Optional.ofNullable(allow);
    }
}
