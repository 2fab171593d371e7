// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.cloud;

import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Mixin: where AWS answers, for a command that asks another service than the table's. */
public final class CloudOptions {
    @Mixin
    private StackOption stack = new StackOption();

    @Option(
            names = "--endpoint-url",
            paramLabel = "URL",
            description = "Where the AWS service answers (default: AWS itself); for a loopback address.")
    private Optional<String> endpointUrl = Optional.empty();

    @Option(names = "--region", paramLabel = "R", description = "The AWS region (default: as the AWS SDK finds it).")
    private Optional<String> region = Optional.empty();

    private @Nullable Cloud cloud;

    public boolean isStackTyped() {
        return stack.isTyped();
    }

    /** Whether there is a stack to ask, typed or the environment's. */
    public boolean isStackNamed(CommandContext context) {
        return stack.named(context).isPresent();
    }

    public Cloud cloud(CommandContext context) throws Complaint {
        if (cloud == null) {
            cloud = Cloud.of(endpointUrl, region.or(() -> stack.region(context)), context);
        }
        return cloud;
    }

    /** What was typed, or else what the stack says; empty when there is neither. */
    public Optional<String> setting(StackOutput output, Optional<String> typed, CommandContext context)
            throws Complaint {
        if (typed.isPresent() || !isStackNamed(context)) {
            return typed;
        }
        return Optional.of(stack.value(output, cloud(context), context));
    }
}
