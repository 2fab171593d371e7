// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.cloud;

import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Mixin: where AWS answers, for a command that asks another service than the table's. */
public final class CloudOptions {
    @Option(
            names = "--endpoint-url",
            paramLabel = "URL",
            description = "Where the AWS service answers (default: AWS itself); for a loopback address.")
    private Optional<String> endpointUrl = Optional.empty();

    @Option(names = "--region", paramLabel = "R", description = "The AWS region (default: as the AWS SDK finds it).")
    private Optional<String> region = Optional.empty();

    /** Whether anything was typed: it means nothing to a command that stays on this machine. */
    public boolean any() {
        return endpointUrl.isPresent() || region.isPresent();
    }

    public Cloud cloud(CommandContext context) throws Complaint {
        return Cloud.of(endpointUrl, region, context);
    }
}
