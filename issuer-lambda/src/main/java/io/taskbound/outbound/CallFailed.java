// SPDX-License-Identifier: Apache-2.0
package io.taskbound.outbound;

/** A call had no answer. The message says why in our own words: nothing that was sent or received is in it. */
public final class CallFailed extends Exception {
    private static final long serialVersionUID = 1L;
    private final boolean sent;

    CallFailed(String why, boolean sent) {
        super(why, null, false, false);
        this.sent = sent;
    }

    /** Whether the request may have reached the service, which may then have done what was asked. */
    public boolean sent() {
        return sent;
    }
}
