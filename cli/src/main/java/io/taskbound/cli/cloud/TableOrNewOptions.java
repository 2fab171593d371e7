// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.cloud;

import picocli.CommandLine.Option;

/** Mixin: which table, and where, for a command that can begin with a new one. */
public final class TableOrNewOptions extends TableOptions {
    @Option(
            names = "--create-table",
            description = "Create the table if it does not exist; only at a loopback address. Elsewhere the stack"
                    + " creates it.")
    private boolean createTable;

    @Override
    boolean makesIt() {
        return createTable;
    }
}
