// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.terminal;

/**
 * Ends a command with one sentence on what is wrong and one on what to do about it. It holds no secret and is printed
 * without a stack.
 */
public final class Complaint extends Exception {
    private static final long serialVersionUID = 1L;
    public static final int REFUSED = 1;
    public static final int USAGE = 2;

    private final String remedy;
    private final int exitCode;

    private Complaint(String what, String remedy, int exitCode) {
        super(what);
        this.remedy = remedy;
        this.exitCode = exitCode;
    }

    /** Something is not as it must be, or was refused: exit code 1. */
    public static Complaint refused(String what, String remedy) {
        return new Complaint(what, remedy, REFUSED);
    }

    /** The command was called wrongly: exit code 2. */
    public static Complaint usage(String what, String remedy) {
        return new Complaint(what, remedy, USAGE);
    }

    public String what() {
        return String.valueOf(getMessage());
    }

    public String remedy() {
        return remedy;
    }

    public int exitCode() {
        return exitCode;
    }
}
