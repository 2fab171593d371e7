// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.tokens;

import io.taskbound.cli.cloud.TableOptions;
import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.JsonLine;
import io.taskbound.cli.terminal.Printable;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonValue;
import io.taskbound.ledger.DenyListLine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tokens denied}: the deny list. */
@Command(
        name = "denied",
        header = "List what was revoked: the entries of the deny list.",
        description = {
            "",
            "Shows the entries in force; with --all also those that ended or were lifted. Times" + " are UTC."
        },
        optionListHeading = "%nOptions:%n",
        footer = {"", "Example:", "  taskbound tokens denied --stack taskbound --all"})
public final class DeniedCommand implements Callable<Integer> {
    private final CommandContext context;

    @Mixin
    private TableOptions table = new TableOptions();

    @Option(names = "--all", description = "Include entries that are no longer in force.")
    private boolean all;

    @Option(names = "--json", description = "Print one JSON object, for programs.")
    private boolean json;

    public DeniedCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Complaint {
        try (var open = table.open(context)) {
            var now = context.clock().instant();
            var list = DenyEntries.written(new Administration(open).denyList(), context).stream()
                    .filter(denial -> all || denial.entry().isInForce(now))
                    .sorted(Comparator.comparing(denial -> denial.entry().at()))
                    .toList();
            print(list, open.name(), now);
        }
        return 0;
    }

    private void print(List<DenyListLine.Written> list, String tableName, Instant now) {
        if (json) {
            var entries = list.stream().<JsonValue>map(DenialJson::of).toList();
            context.say(JsonLine.of(JsonObject.builder()
                    .put("table", tableName)
                    .put("time", now.toString())
                    .put("entries", new JsonArray(entries))
                    .build()));
            return;
        }
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("ENTRY", "SINCE", "UNTIL", "WHAT", "BY", "WHY"));
        list.forEach(denial -> rows.add(row(denial)));
        if (!list.isEmpty()) {
            TextColumns.columns(rows).forEach(context::say);
        }
        context.warn(list.size() + (list.size() == 1 ? " entry" : " entries") + " in " + tableName);
    }

    private static List<String> row(DenyListLine.Written denial) {
        var entry = denial.entry();
        return List.of(
                Printable.of(denial.id()),
                TextColumns.time(entry.at()),
                DenyEntries.end(entry)
                        + denial.lifted()
                                .map(lifting -> ", lifted by " + Printable.of(lifting.by()) + ": "
                                        + Printable.of(lifting.why()))
                                .orElse(""),
                DenyEntries.subject(entry),
                Printable.of(entry.by()),
                Printable.of(entry.note().orElse("-")));
    }
}
