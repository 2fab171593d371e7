// SPDX-License-Identifier: Apache-2.0
package io.taskbound.hook;

/** An authentic event that lacks what it should say; the message names the member, and nothing of the event. */
public final class MalformedEvent extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedEvent(String what) {
        super(what, null, false, false);
    }
}
