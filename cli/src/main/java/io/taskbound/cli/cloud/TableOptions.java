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
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Mixin: which table, and where. Credentials and the rest are found as the AWS SDK finds them. */
public sealed class TableOptions permits TableOrNewOptions {
    private static final String VARIABLE = "TASKBOUND_TABLE";

    /** What DynamoDB takes for a name. */
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.-]{3,255}");

    @Mixin
    private StackOption stack = new StackOption();

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

    private @Nullable Cloud cloud;

    /** Whether a table or a stack was typed; the environment's do not count here. */
    public final boolean isTyped() {
        return isTableTyped() || stack.isTyped();
    }

    /** Whether the table itself was typed, and not only its stack. */
    public final boolean isTableTyped() {
        return table.isPresent();
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
        if (cloud == null) {
            var ofStack = stackCounts(context) ? stack.region(context) : Optional.<String>empty();
            cloud = Cloud.of(endpointUrl, region.or(() -> ofStack), context);
        }
        return cloud;
    }

    /**
     * A setting that belongs to the issuer: as typed, else as the typed stack says, else as the variable says, else as
     * the environment's stack says; empty when nothing says it. Where a table was typed, the environment's stack does
     * not count, since it may be another issuer's.
     */
    public final Optional<String> setting(
            StackOutput output, Optional<String> typed, String variable, CommandContext context) throws Complaint {
        var ofTypedStack = ofTypedStack(output, typed, context);
        if (ofTypedStack.isPresent()) {
            return ofTypedStack;
        }
        var ofVariable = context.variable(variable);
        return ofVariable.isPresent() || !stackCounts(context)
                ? ofVariable
                : Optional.of(stack.value(output, cloud(context), context));
    }

    /** As {@link #setting}, for a command that ignores the environment. */
    public final Optional<String> ofTypedStack(StackOutput output, Optional<String> typed, CommandContext context)
            throws Complaint {
        return typed.isPresent() || !stack.isTyped()
                ? typed
                : Optional.of(stack.value(output, cloud(context), context));
    }

    private boolean stackCounts(CommandContext context) {
        return stack.isTyped() || (table.isEmpty() && stack.named(context).isPresent());
    }

    /** The table, after a look that it is there. */
    public final OpenTable open(CommandContext context) throws Complaint {
        if (makesIt() && stackCounts(context)) {
            throw Complaint.usage(
                    "--create-table makes a table on this machine, and a stack has one.",
                    "Leave out --create-table, or name the new table with --table instead of a stack.");
        }
        var name = name(context);
        if (!NAME.matcher(name).matches()) {
            throw Complaint.usage(
                    "Not a valid DynamoDB table name: " + Printable.typed(name) + ".",
                    "Use 3 to 255 letters, digits, '_', '.' and '-'; the stack's outputs show the name.");
        }
        var there = cloud(context);
        if (makesIt() && !there.isLoopback()) {
            throw Complaint.usage(
                    "--create-table is for an endpoint on this machine.",
                    "Elsewhere, deploy infra/template.yaml: it creates the table with TTL, backups and protection.");
        }
        return OpenTable.open(name, there, makesIt());
    }

    private String name(CommandContext context) throws Complaint {
        if (table.isPresent()) {
            return table.get();
        }
        var ofVariable = stack.isTyped() ? Optional.<String>empty() : context.variable(VARIABLE);
        if (!stackCounts(context)) {
            return ofVariable.orElseThrow(() -> Complaint.usage(
                    "No table given.",
                    "Name the issuer's stack with --stack NAME or its table with --table NAME, or set TASKBOUND_STACK"
                            + " or TASKBOUND_TABLE."));
        }
        var ofStack = stack.value(StackOutput.TABLE, cloud(context), context);
        // Whichever of the two were taken, somebody would work on an issuer that was not meant.
        if (ofVariable.isPresent() && !ofVariable.get().equals(ofStack)) {
            throw Complaint.usage(
                    VARIABLE + " names " + Printable.typed(ofVariable.get())
                            + ", and the table of the stack "
                            + Printable.of(stack.named(context).orElseThrow()) + " is " + Printable.of(ofStack) + ".",
                    "Unset the one that is not meant, or name the table with --table.");
        }
        return ofStack;
    }

    /** Whether the table is made where there is none. */
    boolean makesIt() {
        return false;
    }
}
