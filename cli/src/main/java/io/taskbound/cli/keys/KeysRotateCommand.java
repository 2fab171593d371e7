// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.keys;

import io.taskbound.cli.cloud.OpenTable;
import io.taskbound.cli.cloud.TableOptions;
import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.JsonLine;
import io.taskbound.cli.terminal.Printable;
import io.taskbound.json.JsonObject;
import io.taskbound.ledger.LedgerUnavailable;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code keys rotate}: makes the next signing key, published first. */
@Command(
        name = "rotate",
        header = "Create the next signing key.",
        description = {
            "",
            "The new key is published now and signs after --publish-for, so that everyone who caches the JWK"
                    + " Set has it by then. The old key stays published while its tokens may be alive and is then"
                    + " removed automatically. Nothing more has to be done; no token is lost. With the kms signer this"
                    + " creates a KMS key, which costs money until you delete it.",
            "",
            "In an AWS account the stack's rotation function does it: you need a right to invoke it, and none on a"
                    + " key."
        },
        optionListHeading = "%nOptions:%n",
        footer = {"", "Example:", "  taskbound keys rotate --stack taskbound"})
public final class KeysRotateCommand implements Callable<Integer> {
    private final CommandContext context;

    @Mixin
    private TableOptions options = new TableOptions();

    @Mixin
    private SignerOptions signer = new SignerOptions();

    @Option(
            names = "--publish-for",
            paramLabel = "D",
            defaultValue = "24h",
            description = "How long it is published before it signs: 10m or longer (default: 24h). If no key is"
                    + " signing, as before a sealed issuer's first one, it signs at once.")
    private String publishFor = "24h";

    @Option(names = "--json", description = "Print one JSON object, for programs.")
    private boolean json;

    public KeysRotateCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Complaint {
        var length = PublishFor.parse(publishFor);
        try (var table = options.open(context);
                var keys = KeyChanges.open(table, options, signer, context)) {
            tell(keys.rotate(length), table);
            return 0;
        } catch (LedgerUnavailable e) {
            throw OwnKeyChanges.unreachable(e);
        }
    }

    private void tell(KeyChanges.Change change, OpenTable table) {
        var lines = new KeyLines(KeyChanges.known(table), context.clock().instant());
        if (json) {
            context.say(JsonLine.of(JsonObject.builder()
                    .put("table", table.name())
                    .putIfPresent("made", change.made())
                    .put("keys", lines.keys())
                    .build()));
            return;
        }
        context.say(context.green("Made") + " "
                + change.made().map(Printable::of).orElse("no key") + ". The keys as they are now:");
        lines.published().forEach(context::say);
        context.say("Issuers follow within 60 s.");
    }
}
