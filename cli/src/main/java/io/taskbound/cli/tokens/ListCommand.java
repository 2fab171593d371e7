// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.tokens;

import io.taskbound.cli.cloud.TableOptions;
import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.DashedIds;
import io.taskbound.cli.terminal.JsonLine;
import io.taskbound.cli.terminal.Printable;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonValue;
import io.taskbound.ledger.Ledger;
import io.taskbound.ledger.TokenListing.Found;
import io.taskbound.ledger.TokenRecord;
import io.taskbound.task.TaskName;
import io.taskbound.token.Jti;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tokens list}: the newest first. */
@Command(
        name = "list",
        preprocessor = DashedIds.class,
        header = "List tokens, newest first.",
        description = {
            "",
            "States are read as the issuer reads them. The list comes from an index that may lag behind by a"
                    + " moment. Without --task it covers the tasks of the policy published to the table. Times are UTC."
        },
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  taskbound tokens list --stack taskbound --state alive",
            "  taskbound tokens list --stack taskbound --project acme/shop --since 7d --json",
            "  taskbound tokens list --stack taskbound --task deploy --state alive --older-than 10m",
            "  taskbound tokens list --stack taskbound --missing-close --since 7d"
        })
public final class ListCommand implements Callable<Integer> {
    private static final Duration MAX_SPAN = Duration.ofDays(400);
    private static final int LARGEST_LIMIT = 10_000;
    private static final int UNBOUNDED = Integer.MAX_VALUE;

    private final CommandContext context;

    @Mixin
    private TableOptions table = new TableOptions();

    @Mixin
    private TokenFilter which = new TokenFilter();

    @Option(
            names = "--since",
            paramLabel = "TIME",
            defaultValue = "24h",
            description = "Issued at this time or later: an age (24h) or a timestamp with zone (default: 24h).")
    private String since = "24h";

    @Option(
            names = "--older-than",
            paramLabel = "TIME",
            description = "Issued at this time or earlier: an age (10m) or a timestamp with zone.")
    private Optional<String> olderThan = Optional.empty();

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "100",
            description = "Stop after this many (default: 100; at most 10000).")
    private int limit = 100;

    @Option(names = "--after", paramLabel = "HANDLE", description = "Continue after this token of an earlier list.")
    private Optional<String> after = Optional.empty();

    @Option(names = "--json", description = "Print one JSON object, for programs.")
    private boolean json;

    public ListCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Complaint {
        if (limit < 1 || limit > LARGEST_LIMIT) {
            throw Complaint.usage("--limit must be 1 to " + LARGEST_LIMIT + ".", "Continue from there with --after.");
        }
        var now = context.clock().instant();
        var from = TypedTime.moment("--since", since, now);
        var to = olderThan.isPresent()
                ? TypedTime.moment("--older-than", olderThan.get(), now)
                : now.plus(Ledger.MAX_SKEW);
        if (from.isAfter(to) || from.isBefore(now.minus(MAX_SPAN))) {
            throw Complaint.usage(
                    "--since and --older-than must span more than zero and at most 400 days.",
                    "Records are kept for 30 days after their end; --since counts back from now.");
        }
        var wanted = which.wanted();
        var typedTasks = which.tasks();
        try (var open = table.open(context)) {
            print(search(new Administration(open), typedTasks, from, to, wanted, now), open.name(), now);
        }
        return 0;
    }

    private Search.Result search(
            Administration there,
            List<TaskName> typedTasks,
            Instant from,
            Instant to,
            Predicate<TokenView> wanted,
            Instant now)
            throws Complaint {
        var search = new Search(there, DenyEntries.written(there.denyList(), context), now, context);
        Optional<TokenRecord> last = after.isPresent() ? Optional.of(last(there, after.get())) : Optional.empty();
        if (which.runKey().isPresent()) {
            var ofRun = there.ask(() -> there.listing().ofRun(which.runKey().orElseThrow()));
            return search.among(ofRun, new Search.Bounds(from, to, last, limit, UNBOUNDED), wanted);
        }
        Collection<TaskName> tasks = typedTasks.isEmpty() ? published(there, from) : typedTasks;
        return search.find(tasks, new Search.Bounds(from, to, last, limit, UNBOUNDED), wanted);
    }

    private static TokenRecord last(Administration there, String handle) throws Complaint {
        var jti = Jti.parse(DashedIds.plain(handle))
                .orElseThrow(() ->
                        Complaint.usage("--after is not a token's handle.", "Use the last one of the previous list."));
        if (there.ask(() -> there.listing().find(jti)).orElse(null) instanceof Found.Readable readable) {
            return readable.token();
        }
        throw Complaint.refused(
                "The token to continue after is no longer in the table " + there.tableName() + ".",
                "List again with --older-than and the time that the last line showed.");
    }

    private static Collection<TaskName> published(Administration there, Instant from) throws Complaint {
        return KnownNames.since(from, there)
                .orElseThrow(() -> Complaint.refused(
                        "No policy was published to the table " + there.tableName() + ", so its tasks are unknown.",
                        "Name the tasks with --task; it may repeat."))
                .tasks();
    }

    private void print(Search.Result result, String tableName, Instant now) {
        if (json) {
            context.say(JsonLine.of(document(result, tableName, now)));
            return;
        }
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("STATE", "HANDLE", "TASK", "PROJECT", "RUN", "ISSUED", "END"));
        result.sights().forEach(sight -> rows.add(row(sight)));
        if (rows.size() > 1) {
            TextColumns.columns(rows).forEach(context::say);
        }
        context.warn(result.sights().size() + " found in " + Printable.of(tableName) + ", " + result.read() + " read"
                + (result.unreadable() > 0 ? ", " + result.unreadable() + " of them unreadable" : ""));
        next(result).ifPresent(handle -> context.warn("There may be more: continue with --after " + handle));
    }

    private static List<String> row(TokenView sight) {
        var token = sight.token();
        return List.of(
                sight.state().word(),
                token.jti().toString(),
                token.grant().task().value(),
                TextColumns.cell(token.requester()
                        .projectName()
                        .or(token.requester()::projectId)
                        .orElse("-")),
                TextColumns.cell(token.requester().run()),
                TextColumns.time(token.life().issued()),
                TextColumns.time(sight.end()));
    }

    private JsonObject document(Search.Result result, String tableName, Instant now) {
        return JsonObject.builder()
                .put("table", tableName)
                .put("time", now.toString())
                .put(
                        "tokens",
                        new JsonArray(result.sights().stream()
                                .<JsonValue>map(TokenJson::of)
                                .toList()))
                .put("read", result.read())
                .put("unreadable", result.unreadable())
                .putIfPresent("next", next(result))
                .build();
    }

    private static Optional<String> next(Search.Result result) {
        return result.more() && !result.sights().isEmpty()
                ? Optional.of(result.sights()
                        .get(result.sights().size() - 1)
                        .token()
                        .jti()
                        .toString())
                : Optional.empty();
    }
}
