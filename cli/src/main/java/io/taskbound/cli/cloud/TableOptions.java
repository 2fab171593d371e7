// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.cloud;

import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.Loopback;
import io.taskbound.cli.terminal.Printable;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** Mixin: which table, and where. Credentials and the rest are found as the AWS SDK finds them. */
public sealed class TableOptions permits TableOrNewOptions {
    /** What DynamoDB takes for a name. */
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.-]{3,255}");

    @Option(
            names = "--table",
            paramLabel = "NAME",
            description = "The issuer's DynamoDB table, read with your own AWS credentials (default:"
                    + " TASKBOUND_TABLE; `serve` ignores the variable).")
    private Optional<String> table = Optional.empty();

    @Option(
            names = "--endpoint-url",
            paramLabel = "URL",
            description =
                    "Where DynamoDB answers (default: AWS itself). A loopback address also stands for KMS and STS.")
    private Optional<String> endpointUrl = Optional.empty();

    @Option(names = "--region", paramLabel = "R", description = "The AWS region (default: as the AWS SDK finds it).")
    private Optional<String> region = Optional.empty();

    /** The table that was typed; the environment's does not count here. */
    public final Optional<String> typed() {
        return table;
    }

    /** Whether an endpoint, a region or the making of a table was typed: all of them mean nothing without a table. */
    public final boolean anythingButTheTable() {
        return endpointUrl.isPresent() || region.isPresent() || makesIt();
    }

    /** Whether the endpoint that was typed is on this machine; the environment's does not count here. */
    public final boolean isOnThisMachine() {
        try {
            return endpointUrl.isPresent() && Loopback.isLoopback(new URI(endpointUrl.get()));
        } catch (URISyntaxException none) {
            return false;
        }
    }

    /** The way to AWS, for a command that needs no table. */
    public final Cloud cloud(CommandContext context) throws Complaint {
        return Cloud.of(endpointUrl, region, context);
    }

    /** The table, after a look that it is there. */
    public final OpenTable open(CommandContext context) throws Complaint {
        var name = table.or(() -> context.variable("TASKBOUND_TABLE"))
                .orElseThrow(() -> Complaint.usage(
                        "No table given.", "Name the issuer's table with --table NAME, or set TASKBOUND_TABLE."));
        if (!NAME.matcher(name).matches()) {
            throw Complaint.usage(
                    "Not a valid DynamoDB table name: " + Printable.typed(name) + ".",
                    "Use 3 to 255 letters, digits, '_', '.' and '-'; the stack's outputs show the name.");
        }
        var cloud = cloud(context);
        if (makesIt() && !cloud.isLoopback()) {
            throw Complaint.usage(
                    "--create-table is for an endpoint on this machine.",
                    "Elsewhere, deploy infra/template.yaml: it creates the table with TTL, backups and protection.");
        }
        return OpenTable.open(name, cloud, makesIt());
    }

    /** Whether the table is made where there is none. */
    boolean makesIt() {
        return false;
    }
}
