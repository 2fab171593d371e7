// SPDX-License-Identifier: Apache-2.0
package io.taskbound.spring;

import io.taskbound.client.resource.Verdict;
import java.util.Map;
import java.util.Optional;

/**
 * The request has no token that permits what it wants. The starter answers it with {@link #status}, {@link #headers}
 * and the message, before any exception handler of the application; whoever catches it must do none of the work.
 */
public final class TaskRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int status;
    private final String reason;
    private final transient Map<String, String> headers;
    private final transient Optional<String> operator;

    TaskRefusedException(Verdict.Refused refused) {
        super(refused.message(), null, false, false);
        this.status = refused.status();
        this.reason = refused.reason();
        this.headers = refused.headers();
        this.operator = refused.operator();
    }

    /** @param message for the caller; repeats nothing of the request */
    TaskRefusedException(int status, String reason, String message) {
        this(new Verdict.Refused(status, reason, message, Map.of(), Optional.empty()));
    }

    /** 400, 401, 403, 409, 413 or 503. */
    public int status() {
        return status;
    }

    /** One word of a bounded set, for logs and metrics. */
    public String reason() {
        return reason;
    }

    /** To be set on the answer, such as {@code WWW-Authenticate}. */
    public Map<String, String> headers() {
        return headers;
    }

    /** For the service's own log where the service or the issuer is at fault. */
    Optional<String> operator() {
        return operator;
    }
}
