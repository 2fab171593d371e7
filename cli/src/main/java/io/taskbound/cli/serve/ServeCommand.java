// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.serve;

import io.taskbound.cli.cloud.TableOrNewOptions;
import io.taskbound.cli.parts.LocalParts;
import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.Signals;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code serve}: runs the issuer on this machine until it is told to stop. */
@Command(
        name = "serve",
        header = "Run the issuer on this machine, for evaluation, development and tests.",
        description = {
            "",
            "Listens on 127.0.0.1 only. The ledger is DynamoDB Local inside this process: in memory, or in the folder"
                    + " of --data, where tokens and signing key survive a restart. The policy is read again when"
                    + " its files change; an invalid one is reported and the last valid version stays in force. With"
                    + " --table the ledger is that DynamoDB table, and --data keeps the signing key; the policy can"
                    + " come from the table as well."
        },
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  taskbound serve --policy infra/policy/example.yaml --port 8787",
            "  taskbound serve --table T --policy-from-table --data DIR",
            "  taskbound serve --dev"
        })
public final class ServeCommand implements Callable<Integer> {
    private final CommandContext context;

    @Option(names = "--policy", paramLabel = "PATH", description = "The policy: a YAML file, or a folder of them.")
    private Optional<Path> policy = Optional.empty();

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8787",
            description = "The port (default: 8787; 0: a free one).")
    private int port;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Keep ledger, signing key and audit log in this folder (default: in memory).")
    private Optional<Path> data = Optional.empty();

    @Option(
            names = "--issuer-url",
            paramLabel = "URL",
            description = "The issuer named in tokens (default: where it listens). https, or http on loopback.")
    private Optional<String> issuerUrl = Optional.empty();

    @Option(
            names = "--audit",
            paramLabel = "FILE",
            description = "Append the audit log to this file (default: audit.jsonl in --data; else one line on stdout"
                    + " per decision).")
    private Optional<Path> audit = Optional.empty();

    @Mixin
    private TableOrNewOptions table = new TableOrNewOptions();

    @Option(
            names = "--policy-from-table",
            description = "Use the policy published in the table by `policy push`, and follow changes within 60 s.")
    private boolean policyOfTable;

    @Option(
            names = "--policy-key",
            paramLabel = "KEY",
            description = "Accept only policy versions signed by this KMS key; with --policy-from-table.")
    private Optional<String> policyKey = Optional.empty();

    @Option(
            names = "--dev",
            description = "Add a stand-in CI provider and print three curl lines that mint, redeem and revoke. With"
                    + " --policy it stands in for every provider of that policy.")
    private boolean dev;

    public ServeCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Complaint {
        var settings =
                new ServeSettings(policy, port, data, issuerUrl, audit, table, policyOfTable, policyKey, dev).checked();
        if (!settings.table().isTyped()) {
            LocalParts.require("`serve` without --table", context);
        }
        try (var signals = Signals.untilSecond();
                var issuer = RunningIssuer.start(settings, context)) {
            context.say("listening on " + issuer.url());
            signals.await();
        }
        context.say("stopped");
        return 0;
    }
}
