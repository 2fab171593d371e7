// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.apps;

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

/** Mixin: for which issuer the key is, one with a table or {@code serve --data}. */
final class KeyPlaceOptions {
    private static final Pattern SEALING_KEY = Pattern.compile("arn:aws[a-z-]*:kms:.+|alias/[A-Za-z0-9/_-]{1,250}");
    private static final Pattern KEY_ARN =
            Pattern.compile("arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]{1,128}");

    @Mixin
    private TableOptions table = new TableOptions();

    @Option(
            names = "--secrets-key",
            paramLabel = "KEY",
            description = "The KMS key that seals it for the table (default: TASKBOUND_SECRETS_KEY).")
    private Optional<String> secretsKey = Optional.empty();

    @Option(
            names = "--kms-key",
            paramLabel = "ARN",
            description = "Instead of sealing: the key is already in KMS under this ARN, which the table keeps.")
    private Optional<String> kmsKey = Optional.empty();

    @Option(
            names = "--import-into-kms",
            description = "Instead of sealing: bring it into a new key of KMS, which costs money until it is deleted.")
    private boolean intoKms;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Instead of a table: the data folder of a `taskbound serve`.")
    private Optional<Path> data = Optional.empty();

    KeyPlace open(CommandContext context) throws Complaint {
        if (data.isEmpty()) {
            var arn = checked(kmsKey, KEY_ARN, "The key in KMS is named by its ARN, and this is none: ");
            var sealing = checked(sealingKey(context), SEALING_KEY, "The key is neither an ARN nor an alias: ");
            if (intoKms && arn.isPresent()) {
                throw Complaint.usage(
                        "--kms-key names a key of KMS, and --import-into-kms makes one.", "Leave out one of them.");
            }
            return new TablePlace(table.open(context), sealing, arn, intoKms, context.clock());
        }
        if (table.isTyped() || table.anythingButTheTable() || secretsKey.isPresent() || kmsKey.isPresent() || intoKms) {
            throw Complaint.usage(
                    "--data names a folder on this machine, the other options a table.",
                    "Leave out --data, or all of --stack, --table, --endpoint-url, --region, --secrets-key, --kms-key and --import-into-kms.");
        }
        return FolderPlace.in(data.get());
    }

    /** For a key that is not there yet: nothing in KMS can be it, and what would seal it must be known before. */
    KeyPlace openToSeal(CommandContext context) throws Complaint {
        if (kmsKey.isPresent()) {
            throw Complaint.usage(
                    "The App is not there yet, so no key of KMS can be its own.",
                    "Leave out --kms-key; import the key into KMS afterwards, if you want it there.");
        }
        if (data.isEmpty() && sealingKey(context).isEmpty()) {
            throw TablePlace.sealingKeyUnknown();
        }
        return open(context);
    }

    private Optional<String> sealingKey(CommandContext context) throws Complaint {
        return table.setting(StackOutput.SECRETS_KEY, secretsKey, "TASKBOUND_SECRETS_KEY", context);
    }

    private static Optional<String> checked(Optional<String> typed, Pattern form, String fault) throws Complaint {
        if (typed.isPresent() && !form.matcher(typed.get()).matches()) {
            throw Complaint.usage(
                    fault + Printable.typed(typed.get()) + ".", "Copy it from the stack's outputs or from KMS.");
        }
        return typed;
    }
}
