// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.run;

/** A signal that asks a process to end, by its POSIX name. */
enum EndSignal {
    HUP(1),
    INT(2),
    TERM(15);

    private final int number;

    EndSignal(int number) {
        this.number = number;
    }

    /** As a shell reports a command that a signal ended. */
    int exitCode() {
        return 128 + number;
    }
}
