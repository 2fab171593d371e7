// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.keys;

import io.taskbound.cli.cloud.OpenTable;
import io.taskbound.cli.cloud.TableOptions;
import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.Consent;
import io.taskbound.cli.terminal.DashedIds;
import io.taskbound.cli.terminal.JsonLine;
import io.taskbound.cli.terminal.Printable;
import io.taskbound.json.JsonObject;
import io.taskbound.ledger.LedgerUnavailable;
import io.taskbound.token.KeyPhase;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code keys retire}: takes a key out at once, for one that must not be trusted any more. */
@Command(
        name = "retire",
        preprocessor = DashedIds.class,
        header = "Remove a key at once, and with it every token it has signed.",
        description = {
            "",
            "For a key that someone else may have. A normal rotation needs no retiring: an old key is removed"
                    + " automatically. Shows what breaks, and asks first."
        },
        optionListHeading = "%nOptions:%n",
        footer = {"", "Example:", "  taskbound keys retire KID --stack taskbound"})
public final class KeysRetireCommand implements Callable<Integer> {
    private static final Pattern KEY_ID = Pattern.compile("[A-Za-z0-9_-]{43}");
    private final CommandContext context;

    @Parameters(paramLabel = "KID", description = "The key's id, as shown by `keys list` and in the JWK Set.")
    private String typedId = "";

    @Mixin
    private TableOptions options = new TableOptions();

    @Mixin
    private SignerOptions signer = new SignerOptions();

    @Option(names = "--json", description = "Print one JSON object, for programs.")
    private boolean json;

    @Option(names = "--yes", description = "Do not ask for confirmation.")
    private boolean yes;

    public KeysRetireCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Complaint {
        var keyId = DashedIds.plain(typedId);
        if (!KEY_ID.matcher(keyId).matches()) {
            throw Complaint.usage(
                    "A key's id has 43 characters: not " + Printable.typed(keyId) + ".",
                    "`taskbound keys list` shows it.");
        }
        try (var table = options.open(context);
                var keys = KeyChanges.open(table, options, signer, context)) {
            var phase = keys.phase(keyId);
            if (phase.isPresent() && phase.get() != KeyPhase.REMOVED) {
                if (!json) {
                    breaks(phase.get()).forEach(context::say);
                }
                Consent.require("Remove it?", yes, context);
            }
            tell(keys.retire(keyId), table);
            return 0;
        } catch (LedgerUnavailable e) {
            throw OwnKeyChanges.unreachable(e);
        }
    }

    private static List<String> breaks(KeyPhase phase) {
        return switch (phase) {
            case PUBLISHED -> List.of("It has not signed anything yet, so nothing breaks.");
            case SIGNING ->
                List.of(
                        "It is signing now. Every token it has signed dies with it, and a new key is created that"
                                + " signs at once.",
                        "A service that checks signatures itself refuses new tokens until it fetches the JWK Set again,"
                                + " and accepts old ones until then: 5 min, if it obeys our cache time.");
            case RETIRING -> List.of("It no longer signs. The tokens it signed in the last 75 min die with it.");
            case REMOVED -> List.of();
        };
    }

    private void tell(KeyChanges.Change change, OpenTable table) {
        var lines = new KeyLines(KeyChanges.known(table), context.clock().instant());
        if (json) {
            context.say(JsonLine.of(JsonObject.builder()
                    .put("table", table.name())
                    .put("retired", !change.wasDone())
                    .put("keys", lines.keys())
                    .build()));
        } else if (change.wasDone()) {
            context.say("It has already been removed; nothing was changed.");
        } else {
            context.say(context.green("Taken out") + ". The keys as they are now:");
            lines.published().forEach(context::say);
            context.say("Issuers follow within 60 s. The key still exists in KMS: disable it, and delete it later.");
        }
    }
}
