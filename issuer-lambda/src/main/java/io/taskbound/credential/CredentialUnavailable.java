// SPDX-License-Identifier: Apache-2.0
package io.taskbound.credential;

import java.time.Duration;
import java.util.Optional;

/** The foreign service cannot be asked now, or gave an answer that cannot be used. The message is for the audit log. */
public final class CredentialUnavailable extends Exception {
    private static final long serialVersionUID = 1L;
    private final boolean mayHaveBeenDone;
    private final transient Optional<Duration> retryAfter;

    /**
     * @param detail contains no secret and nothing of an answer that is not checked
     * @param mayHaveBeenDone whether the request was sent and no usable answer came, so that a credential may exist
     * @param retryAfter as the service says, where it does
     */
    public CredentialUnavailable(String detail, boolean mayHaveBeenDone, Optional<Duration> retryAfter) {
        super(detail, null, false, false);
        this.mayHaveBeenDone = mayHaveBeenDone;
        this.retryAfter = retryAfter;
    }

    public boolean mayHaveBeenDone() {
        return mayHaveBeenDone;
    }

    public Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
