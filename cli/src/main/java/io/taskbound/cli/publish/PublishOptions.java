// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.publish;

import io.taskbound.cli.cloud.StackOutput;
import io.taskbound.cli.cloud.TableOptions;
import io.taskbound.cli.cloud.TableOrNewOptions;
import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.Reason;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Mixin: where a version is published, who signs it, and whether anybody is asked. */
public final class PublishOptions {
    @Mixin
    private TableOrNewOptions table = new TableOrNewOptions();

    @Option(
            names = "--key",
            paramLabel = "KEY",
            description = "The KMS key that signs the version: ARN or alias/NAME (default: TASKBOUND_POLICY_KEY).")
    private Optional<String> key = Optional.empty();

    @Option(
            names = "--unsigned",
            description = "Publish without a signature, even against AWS, or when the current version is"
                    + " signed. An issuer with a policy key refuses it.")
    private boolean unsigned;

    @Option(names = "--message", paramLabel = "TEXT", description = "Why; shown in `policy log`.")
    private Optional<String> message = Optional.empty();

    @Option(names = "--yes", description = "Do not ask for confirmation.")
    private boolean yes;

    @Option(names = "--dry-run", description = "Check and show the difference; write nothing.")
    private boolean dryRun;

    @Option(
            names = "--json",
            description = "Print one JSON object on stdout, for programs; everything else goes to stderr.")
    private boolean json;

    boolean json() {
        return json;
    }

    TableOptions table() {
        return table;
    }

    /** The URL of the issuer that will read the policy, where it is known. */
    Optional<String> issuer(CommandContext context) throws Complaint {
        return table.setting(StackOutput.ISSUER_URL, Optional.empty(), "TASKBOUND_ISSUER", context);
    }

    Optional<String> key() {
        return key;
    }

    boolean unsigned() {
        return unsigned;
    }

    boolean yes() {
        return yes;
    }

    boolean dryRun() {
        return dryRun;
    }

    Optional<String> message() throws Complaint {
        return message.isPresent()
                ? Optional.of(Reason.checked(
                        "--message", message.get(), "Say in a sentence why, such as the number of the pull request."))
                : message;
    }

    PublishOptions checked() throws Complaint {
        if (unsigned && key.isPresent()) {
            throw Complaint.usage("--key and --unsigned contradict each other.", "Leave one of them out.");
        }
        message();
        return this;
    }
}
