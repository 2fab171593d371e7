// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.keys;

import io.taskbound.cli.cloud.TableOptions;
import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.JsonLine;
import io.taskbound.ledger.LedgerUnavailable;
import io.taskbound.token.KeyPhase;
import io.taskbound.token.KeySchedule;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code keys list}: where each signing key is in its life. */
@Command(
        name = "list",
        header = "List the signing keys and where each is in its life.",
        description = {
            "",
            "published: in the JWK Set, does not sign yet. signing. retiring: in the JWK Set for the tokens it"
                    + " has signed. removed: tokens it signed are no longer valid. The phase follows from the dates and"
                    + " the clock."
        },
        optionListHeading = "%nOptions:%n",
        footer = {"", "Example:", "  taskbound keys list --stack taskbound"})
public final class KeysListCommand implements Callable<Integer> {
    private final CommandContext context;

    @Mixin
    private TableOptions options = new TableOptions();

    @Option(names = "--all", description = "Include removed keys.")
    private boolean all;

    @Option(names = "--json", description = "Print one JSON object, for programs.")
    private boolean json;

    public KeysListCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Complaint {
        try (var table = options.open(context)) {
            var schedule = KeyChanges.known(table);
            if (json) {
                context.say(JsonLine.of(new KeyLines(schedule, context.clock().instant()).json(table.name())));
            } else {
                print(schedule);
            }
            return 0;
        } catch (LedgerUnavailable e) {
            throw OwnKeyChanges.unreachable(e);
        }
    }

    private void print(KeySchedule schedule) {
        var now = context.clock().instant();
        var lines = new KeyLines(schedule, now);
        if (schedule.keys().isEmpty()) {
            context.say("This table has no key records yet: an issuer with the kms signer signs with the key its"
                    + " stack was deployed with; one with the sealed signer cannot sign before the first `taskbound"
                    + " keys rotate`.");
            return;
        }
        var shown = schedule.keys().stream()
                .filter(key -> all || schedule.phase(key, now) != KeyPhase.REMOVED)
                .toList();
        shown.forEach(key -> lines.of(key).forEach(context::say));
        int hidden = schedule.keys().size() - shown.size();
        if (hidden > 0) {
            context.say("and " + hidden + " removed; --all shows them.");
        }
        if (schedule.signing(now).isEmpty()) {
            context.warn("No key is signing now, so nothing is issued. `taskbound keys rotate` creates one.");
        }
    }
}
