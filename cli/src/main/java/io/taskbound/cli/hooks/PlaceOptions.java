// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.hooks;

import io.taskbound.cli.cloud.StackOutput;
import io.taskbound.cli.cloud.TableOptions;
import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.Printable;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Mixin: whose hooks these are, an issuer's with a table or those of {@code serve --data}. */
final class PlaceOptions {
    private static final Pattern KEY = Pattern.compile("arn:aws[a-z-]*:kms:.+|alias/[A-Za-z0-9/_-]{1,250}");

    @Mixin
    private TableOptions table = new TableOptions();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Instead of a table: the data folder of a `taskbound serve`.")
    private Optional<Path> data = Optional.empty();

    /** @param key the KMS key that seals, where it was typed */
    SecretsPlace open(Optional<String> key, CommandContext context) throws Complaint {
        if (data.isEmpty()) {
            return new TableSecrets(table.open(context), sealing(key, context), context.clock());
        }
        if (table.isTyped() || table.anythingButTheTable() || key.isPresent()) {
            throw Complaint.usage(
                    "--data names a folder on this machine, the other options a table.",
                    "Leave out --data, or all of --stack, --table, --endpoint-url, --region and --secrets-key.");
        }
        return new FolderSecrets(new HookFolder(data.get()), context.clock());
    }

    private Optional<String> sealing(Optional<String> typed, CommandContext context) throws Complaint {
        var named = table.setting(StackOutput.SECRETS_KEY, typed, "TASKBOUND_SECRETS_KEY", context);
        if (named.filter(key -> !KEY.matcher(key).matches()).isPresent()) {
            throw Complaint.usage(
                    "The key is neither an ARN nor an alias: " + Printable.typed(named.get()) + ".",
                    "Write it as in the stack's output SecretsKeyArn, or as alias/NAME.");
        }
        return named;
    }
}
