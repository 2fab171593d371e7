// SPDX-License-Identifier: Apache-2.0
package io.taskbound.http;

import io.taskbound.issuer.ErrorCode;
import io.taskbound.issuer.Refusal;
import java.util.Optional;

/**
 * Ends the reading of a request at its first fault. It stays within this package: {@link IssuerEdge} makes the answer
 * of it.
 */
final class RefusedRequest extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient Refusal refusal;
    private final int status;

    RefusedRequest(Refusal refusal, int status) {
        super(refusal.description(), null, false, false);
        this.refusal = refusal;
        this.status = status;
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

    static RefusedRequest of(ErrorCode code, String description) {
        return new RefusedRequest(new Refusal(code, description, "malformed", Optional.empty()));
    }

    Refusal refusal() {
        return refusal;
    }

    int status() {
        return status;
    }
}
