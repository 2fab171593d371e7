// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli;

/** Entry point of {@code taskbound.jar}. */
public final class Main {

    private Main() {}

    /** Prints the usage. */
    public static void main(String[] args) {
        System.out.println("usage: taskbound <command> [options]");
    }
}
