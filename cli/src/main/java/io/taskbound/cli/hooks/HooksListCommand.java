// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.hooks;

import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.JsonLine;
import io.taskbound.cli.terminal.Printable;
import io.taskbound.cli.terminal.ShownTime;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonValue;
import io.taskbound.task.HookName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hooks list}: which hooks have a secret, and since when. */
@Command(
        name = "list",
        header = "List the hooks that have a secret, without the secrets.",
        description = {"", "A hook works once it has a secret here and an entry under hooks in the policy."},
        optionListHeading = "%nOptions:%n",
        footer = {"", "Examples:", "  taskbound hooks list --stack taskbound", "  taskbound hooks list --data DIR"})
public final class HooksListCommand implements Callable<Integer> {
    private final CommandContext context;

    @Mixin
    private PlaceOptions place = new PlaceOptions();

    @Option(names = "--json", description = "Print one JSON object, for programs.")
    private boolean json;

    public HooksListCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Complaint {
        try (var secrets = place.open(Optional.empty(), context)) {
            var all = secrets.all();
            if (json) {
                context.say(JsonLine.of(json(all)));
            } else if (all.isEmpty()) {
                context.say("No hook has a secret. `taskbound hooks secret NAME` makes one.");
            } else {
                all.forEach(this::print);
            }
        }
        return 0;
    }

    private void print(HookName hook, List<KeptSecret> active) {
        if (active.isEmpty()) {
            context.say(hook + "  no secret: every delivery is refused");
        }
        active.forEach(secret -> context.say(hook + "  " + Printable.of(secret.id()) + "  made "
                + ShownTime.of(secret.made()) + " by " + Printable.of(secret.by())));
    }

    private static JsonObject json(Map<HookName, List<KeptSecret>> all) {
        var hooks = all.entrySet().stream()
                .<JsonValue>map(hook -> JsonObject.builder()
                        .put("hook", hook.getKey().value())
                        .put("secrets", secrets(hook.getValue()))
                        .build())
                .toList();
        return JsonObject.builder().put("hooks", new JsonArray(hooks)).build();
    }

    private static JsonArray secrets(List<KeptSecret> active) {
        return new JsonArray(active.stream()
                .<JsonValue>map(secret -> JsonObject.builder()
                        .put("id", secret.id())
                        .put("made", secret.made().toString())
                        .put("by", secret.by())
                        .build())
                .toList());
    }
}
