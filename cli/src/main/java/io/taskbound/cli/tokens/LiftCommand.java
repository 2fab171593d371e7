// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.tokens;

import io.taskbound.cli.cloud.TableOptions;
import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.Consent;
import io.taskbound.cli.terminal.DashedIds;
import io.taskbound.cli.terminal.JsonLine;
import io.taskbound.cli.terminal.Printable;
import io.taskbound.json.JsonObject;
import io.taskbound.ledger.DenyListLine;
import io.taskbound.ledger.DenyStore.Lifted;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tokens lift}: ends an entry of the deny list. */
@Command(
        name = "lift",
        preprocessor = DashedIds.class,
        header = "End an entry of the deny list before its time.",
        description = {
            "",
            "From the issuer's next request on, new tokens are granted again, and tokens it denied are alive"
                    + " again unless they have expired or another entry denies them. First revoke separately what"
                    + " should stay dead."
        },
        optionListHeading = "%nOptions:%n",
        footer = {"", "Example:", "  taskbound tokens lift --stack taskbound ENTRY --why \"INC-7 is over\" --dry-run"})
public final class LiftCommand implements Callable<Integer> {
    private final CommandContext context;

    @Mixin
    private TableOptions table = new TableOptions();

    @Parameters(paramLabel = "ENTRY", description = "The entry's id, as shown by `tokens denied`.")
    private String entry = "";

    @Option(names = "--why", paramLabel = "TEXT", required = true, description = "Why; recorded with your ARN.")
    private String why = "";

    @Option(names = "--dry-run", description = "Show the entry; write nothing.")
    private boolean dryRun;

    @Option(names = "--yes", description = "Do not ask for confirmation.")
    private boolean yes;

    @Option(names = "--json", description = "Print one JSON object, for programs.")
    private boolean json;

    public LiftCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Complaint {
        var reason = ReasonOption.checked(why);
        try (var open = table.open(context)) {
            var there = new Administration(open);
            var now = context.clock().instant();
            var denial = inForce(there, now);
            var lifting = new DenyListLine.Lifting(now, there.caller().arn(), reason);
            if (!json) {
                context.say(
                        "lift  " + DenyEntries.subject(denial.entry()) + ", until " + DenyEntries.end(denial.entry()));
                context.say("of    " + denial.entry().at() + " by "
                        + Printable.of(denial.entry().by()) + ": "
                        + Printable.of(denial.entry().note().orElse("-")));
            }
            if (!dryRun) {
                Consent.require("Lift it?", yes, context);
                requireDone(there, there.lift(denial.id(), lifting));
            }
            say(denial, lifting);
        }
        return 0;
    }

    private DenyListLine.Written inForce(Administration there, Instant now) throws Complaint {
        var denial = DenyEntries.written(there.denyList(), context).stream()
                .filter(each -> each.id().equals(DashedIds.plain(entry)))
                .findFirst()
                .orElseThrow(() -> Complaint.refused(
                        "The deny list of " + there.tableName() + " has no entry "
                                + Printable.of(DashedIds.plain(entry)) + ".",
                        "Copy it from `taskbound tokens denied`."));
        if (!denial.entry().isInForce(now)) {
            throw over(there);
        }
        return denial;
    }

    private void requireDone(Administration there, Lifted outcome) throws Complaint {
        if (!(outcome instanceof Lifted.Done)) {
            throw over(there);
        }
    }

    private Complaint over(Administration there) throws Complaint {
        if (!dryRun) {
            there.announce();
        }
        return Complaint.refused(
                "This entry is no longer in force: it has ended or was lifted before.",
                "See `taskbound tokens denied --all`.");
    }

    private void say(DenyListLine.Written denial, DenyListLine.Lifting lifting) {
        if (json) {
            context.say(JsonLine.of(JsonObject.builder()
                    .put("dry_run", dryRun)
                    .put("entry", denial.id())
                    .put("denied", DenialJson.of(denial.entry()))
                    .put("time", lifting.at().toString())
                    .put("by", lifting.by())
                    .put("why", lifting.why())
                    .build()));
        } else {
            context.say(
                    dryRun
                            ? "Dry run: nothing was written."
                            : "lifted by " + Printable.of(lifting.by())
                                    + "; in force from the issuer's next request on");
        }
    }
}
