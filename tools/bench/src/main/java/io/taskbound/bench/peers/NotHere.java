// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench.peers;

/** What is needed for a measurement is not on this machine; the message says what, and how to get it. */
final class NotHere extends Exception {
    private static final long serialVersionUID = 1L;

    NotHere(String why) {
        super(why);
    }
}
