// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.hooks;

import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.Consent;
import io.taskbound.cli.terminal.Printable;
import io.taskbound.cli.terminal.ShownTime;
import io.taskbound.task.HookName;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hooks retire}: a secret of a hook stops counting. */
@Command(
        name = "retire",
        header = "Retire a secret of a hook.",
        description = {
            "",
            "Without ID it is the older one: to replace a secret, make the second, give it to the CI system, and retire"
                    + " the first. Shows what breaks, and asks first. Issuers follow within 10 s, a `taskbound serve`"
                    + " at once."
        },
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  taskbound hooks retire acme --stack taskbound",
            "  taskbound hooks retire acme 5f0c91ab --data DIR --yes"
        })
public final class HooksRetireCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(index = "0", paramLabel = "NAME", description = "The hook's name in the policy.")
    private String name = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "ID", description = "Which one, as `hooks list` shows it.")
    private Optional<String> typedId = Optional.empty();

    @Mixin
    private PlaceOptions place = new PlaceOptions();

    @Option(names = "--yes", description = "Do not ask for confirmation.")
    private boolean yes;

    public HooksRetireCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Complaint {
        var hook = HookNames.of(name);
        try (var secrets = place.open(Optional.empty(), context)) {
            var active = secrets.all().getOrDefault(hook, List.of());
            var retired = wanted(hook, active);
            context.say("Secret " + Printable.of(retired.id()) + " of the hook " + hook + ", made "
                    + ShownTime.of(retired.made()) + ".");
            context.say(
                    active.size() == 1
                            ? "It is the only one: without it every delivery is refused, and the end of a job or run"
                                    + " ends no token."
                            : "Deliveries that are signed with it will be refused.");
            Consent.require("Retire it?", yes, context);
            secrets.remove(hook, retired.id());
            context.say(context.green("Retired") + ".");
        }
        return 0;
    }

    private KeptSecret wanted(HookName hook, List<KeptSecret> active) throws Complaint {
        if (active.isEmpty()) {
            throw Complaint.refused(
                    "The hook " + hook + " has no active secret.", "`taskbound hooks list` shows those that have one.");
        }
        if (typedId.isEmpty()) {
            return active.get(0);
        }
        return active.stream()
                .filter(secret -> secret.id().equals(typedId.get()))
                .findFirst()
                .orElseThrow(() -> Complaint.refused(
                        "The hook " + hook + " has no active secret " + Printable.typed(typedId.get()) + ".",
                        "`taskbound hooks list` shows the ids."));
    }
}
