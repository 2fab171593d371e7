// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.dev;

import io.taskbound.cli.parts.LocalParts;
import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.Printable;
import io.taskbound.cli.terminal.Signals;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code dev dynamodb}: DynamoDB Local over HTTP with the issuer's table, for the commands that work on a table. */
@Command(
        name = "dynamodb",
        header = "Run DynamoDB Local on 127.0.0.1, with the issuer's table in it.",
        description = {
            "",
            "For `serve --table`, `tokens` and the other commands that work on a table. Everything is kept in"
                    + " memory and gone when this process ends. Anyone on this machine can read and change it."
        },
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  taskbound dev dynamodb",
            "  taskbound serve --dev --data /tmp/taskbound --table taskbound --endpoint-url http://127.0.0.1:8000",
            "  taskbound tokens list --table taskbound --endpoint-url http://127.0.0.1:8000 --task sign-release"
        })
public final class DevDynamodbCommand implements Callable<Integer> {
    private static final int LAST_PORT = 65_535;

    private final CommandContext context;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8000",
            description = "The port (default: 8000; 0: a free one).")
    private int port;

    @Option(
            names = "--table",
            paramLabel = "NAME",
            defaultValue = "taskbound",
            description = "The table to create in it (default: taskbound).")
    private String table = "";

    public DevDynamodbCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Complaint {
        LocalParts.require("`dev dynamodb`", context);
        if (port < 0 || port > LAST_PORT) {
            throw Complaint.usage("Port " + port + " does not exist.", "Use 1 to 65535, or 0 for a free one.");
        }
        if (!table.matches("[a-zA-Z0-9_.-]{3,255}")) {
            throw Complaint.usage(
                    "Not a valid DynamoDB table name: " + Printable.typed(table) + ".",
                    "Use 3 to 255 letters, digits, '_', '.' and '-'.");
        }
        try (var signals = Signals.untilSecond();
                var local = LocalTable.start(port, table)) {
            context.say("DynamoDB Local, in memory, with the table " + table + "; for any command on a table:");
            context.say("  --table " + table + " --endpoint-url " + local.endpoint());
            context.say("listening on " + local.endpoint());
            signals.await();
        }
        context.say("stopped");
        return 0;
    }
}
