// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.terminal;

/** A signal that asks a process to end, by its POSIX name. */
public enum EndSignal {
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
    public String posixName() {
        return posixName;
    }

    /** As a shell reports a command that a signal ended. */
    public int exitCode() {
        return 128 + number;
    }
}
