// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.run;

/** A signal that asks a process to end, by its POSIX name. */
enum EndSignal {
    HUP("HUP", 1),
    INT("INT", 2),
    TERM("TERM", 15);

    private final String posixName;
    private final int number;

    EndSignal(String posixName, int number) {
        this.posixName = posixName;
        this.number = number;
    }

    /** Without the {@code SIG} in front. */
    String posixName() {
        return posixName;
    }

    /** As a shell reports a command that a signal ended. */
    int exitCode() {
        return 128 + number;
    }
}
