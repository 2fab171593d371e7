// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.publish;

import io.taskbound.cli.policy.FaultLines;
import io.taskbound.cli.policy.Loaded;
import io.taskbound.cli.policy.PolicyFiles;
import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code policy push}: a reviewed file becomes the version in force of an issuer's table. */
@Command(
        name = "push",
        header = "Publish a policy to the issuer's table.",
        description = {
            "",
            "Checks it as `policy check` does, shows what it newly permits, asks, and puts it in force as the"
                    + " next version. Issuers follow within 60 s. The publisher is recorded: the ARN of your AWS"
                    + " credentials. If two publish at once, one wins and the other is told.",
        },
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  taskbound policy push infra/policy/example.yaml --stack taskbound",
            "  taskbound policy push infra/policy/example.yaml --stack taskbound --dry-run"
        })
public final class PolicyPushCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(paramLabel = "PATH", description = "The policy: a YAML file, or a folder of them.")
    private Path path = Path.of("");

    @Mixin
    private PublishOptions options = new PublishOptions();

    public PolicyPushCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Complaint {
        if (!Files.exists(path)) {
            throw Complaint.usage("There is no " + path + ".", "Name a policy file, or a folder of them.");
        }
        var issuer = options.issuer(context);
        var loaded = loaded(issuer);
        var proposal = Proposal.of(path.toString(), loaded.canonical(), loaded.policy(), issuer);
        return Publisher.publish(options, context, (store, key, table) -> proposal);
    }

    private Loaded.Ok loaded(Optional<String> issuer) throws Complaint {
        return FaultLines.tell(PolicyFiles.load(path, issuer, context.clock().instant()), context::warn)
                .orElseThrow(() -> Complaint.refused(
                        "The policy " + path + " is invalid, so it was not published.", "Correct the faults above."));
    }
}
