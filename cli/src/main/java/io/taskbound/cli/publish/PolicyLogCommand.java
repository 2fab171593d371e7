// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.publish;

import io.taskbound.cli.cloud.OpenTable;
import io.taskbound.cli.cloud.TableOptions;
import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.JsonLine;
import io.taskbound.cli.terminal.Printable;
import io.taskbound.cli.terminal.ShownTime;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonValue;
import io.taskbound.ledger.DynamoTable;
import io.taskbound.ledger.LedgerUnavailable;
import io.taskbound.ledger.PolicyRelease;
import io.taskbound.ledger.PolicyStore;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code policy log}: which versions there are, by whom, and which is in force. */
@Command(
        name = "log",
        header = "List the versions of the policy that were published.",
        description = {
            "",
            "Newest first. A version was given up if its publisher was overtaken or died: it was never in"
                    + " force. With --key each signature is checked, and the exit code is 1 if the version in force has"
                    + " no valid one."
        },
        optionListHeading = "%nOptions:%n",
        footer = {"", "Example:", "  taskbound policy log --stack taskbound"})
public final class PolicyLogCommand implements Callable<Integer> {
    private final CommandContext context;

    @Mixin
    private TableOptions options = new TableOptions();

    @Option(
            names = "--key",
            paramLabel = "KEY",
            description = "Check the signatures by this KMS key: ARN or alias/NAME (default: TASKBOUND_POLICY_KEY).")
    private Optional<String> key = Optional.empty();

    @Option(names = "--json", description = "Print one JSON object, for programs.")
    private boolean json;

    public PolicyLogCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Complaint {
        try (var table = options.open(context)) {
            var name = PolicyKey.named(key, options, context);
            if (name.isEmpty()) {
                return list(table, Optional.empty());
            }
            try (var opened = PolicyKey.open(name.get(), table.cloud())) {
                return list(table, Optional.of(opened));
            }
        } catch (LedgerUnavailable e) {
            throw OnTable.unreachable(e);
        }
    }

    private int list(OpenTable table, Optional<PolicyKey> opened) {
        var history = History.read(new PolicyStore(new DynamoTable(table.client(), table.name())));
        var signatures = new Signatures(opened, table.name());
        if (json) {
            context.say(JsonLine.of(asJson(table.name(), history, signatures)));
        } else {
            print(history, signatures);
        }
        return signatures.suffice(history) ? 0 : Complaint.REFUSED;
    }

    private void print(History history, Signatures signatures) {
        if (history.head() == 0) {
            context.say("No version has been put in force yet.");
        }
        for (var release : history.releases()) {
            var standing = history.standing(release);
            context.say(release.version().label() + "  " + ShownTime.of(release.at()) + "  "
                    + (standing == History.Standing.IN_FORCE ? context.green(standing.words()) : standing.words())
                    + ", " + signatures.of(release).words() + "  " + Printable.of(release.by()));
            release.message().ifPresent(message -> context.say("    " + Printable.of(message)));
        }
        if (history.head() > 0 && history.everInForce().isEmpty()) {
            context.warn("The head names version " + history.head()
                    + ", which does not exist: issuers keep what they have, and new instances refuse to start.");
        }
        if (!signatures.suffice(history)) {
            context.warn("The version in force has no valid signature by this key: an issuer that requires one keeps"
                    + " its last valid version. Push the policy again with --key.");
        }
    }

    private static JsonObject asJson(String table, History history, Signatures signatures) {
        return JsonObject.builder()
                .put("table", table)
                .put("in_force", history.head())
                .put(
                        "versions",
                        new JsonArray(history.releases().stream()
                                .<JsonValue>map(release -> asJson(release, history, signatures))
                                .toList()))
                .build();
    }

    private static JsonObject asJson(PolicyRelease release, History history, Signatures signatures) {
        var json = JsonObject.builder()
                .put("version", release.version().number())
                .put("hash", release.version().hash())
                .put("previous", release.previous())
                .put("published_at", release.at().toString())
                .put("by", release.by());
        release.message().ifPresent(message -> json.put("message", message));
        return json.put("standing", history.standing(release).wire())
                .put("signature", signatures.of(release).wire())
                .build();
    }
}
