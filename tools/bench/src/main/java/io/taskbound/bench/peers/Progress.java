// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench.peers;

/** Lines on stderr that say what a long measurement is doing. */
final class Progress {
    private Progress() {}

    static void say(String what) {
        System.err.println("peers: " + what);
    }
}
