// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.tokens;

import io.taskbound.cli.cloud.TableOptions;
import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.Consent;
import io.taskbound.cli.terminal.DashedIds;
import io.taskbound.cli.terminal.JsonLine;
import io.taskbound.json.JsonObject;
import io.taskbound.ledger.DenyEntry;
import io.taskbound.ledger.DenyEntry.Kind;
import io.taskbound.ledger.DenyListLine;
import io.taskbound.ledger.Ledger;
import io.taskbound.ledger.State;
import io.taskbound.ledger.TokenRecord;
import io.taskbound.token.Jti;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tokens revoke}: through the deny list, from the issuer's next request on. */
@Command(
        name = "revoke",
        preprocessor = DashedIds.class,
        header = "Revoke one token, or every token of a run, task, project, provider or subject, or issued"
                + " before a time.",
        description = {
            "",
            "Writes one entry to the deny list, in force from the issuer's next request on: introspection"
                    + " answers inactive, redeem and renew refuse. While an entry for a run, task, project, provider or"
                    + " subject is in force, new tokens of it are also refused. It ends by itself once nothing it"
                    + " denies could still be alive, unless you give --for or --permanent. Name one selector per call;"
                    + " several revocations apply together."
        },
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  taskbound tokens revoke --stack taskbound --task deploy --why \"key leaked, INC-7\" --dry-run",
            "  taskbound tokens revoke --stack taskbound --task deploy --why \"key leaked, INC-7\"",
            "  taskbound tokens revoke --stack taskbound --issued-before now --why \"INC-7\" --yes"
        })
public final class RevokeCommand implements Callable<Integer> {
    private final CommandContext context;

    @Mixin
    private TableOptions table = new TableOptions();

    @Mixin
    private Target target = new Target();

    @Option(
            names = "--why",
            paramLabel = "TEXT",
            description = "Why; recorded with your ARN. Not needed with" + " --dry-run.")
    private Optional<String> why = Optional.empty();

    @Option(
            names = "--for",
            paramLabel = "D",
            description = "How long to refuse new tokens, such as 7d (default: 65m; for a run 1505m).")
    private Optional<String> length = Optional.empty();

    @Option(names = "--permanent", description = "Refuse new tokens until `tokens lift`.")
    private boolean permanent;

    @Option(names = "--unseen", description = "Revoke even if no token in the table matches.")
    private boolean unseen;

    @Option(names = "--dry-run", description = "Show what it would end and write; write nothing.")
    private boolean dryRun;

    @Option(names = "--yes", description = "Do not ask for confirmation.")
    private boolean yes;

    @Option(names = "--json", description = "Print one JSON object, for programs.")
    private boolean json;

    public RevokeCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Complaint {
        var now = context.clock().instant();
        var selector = target.selector(now);
        var reason = why.isPresent() || !dryRun ? Optional.of(ReasonOption.checked(why)) : Optional.<String>empty();
        var typed =
                length.isPresent() ? Optional.of(TypedTime.length("--for", length.get())) : Optional.<Duration>empty();
        var end = Revocation.end(selector.kind(), typed, permanent, now);
        try (var open = table.open(context)) {
            var there = new Administration(open);
            var over = over(there, selector, now);
            if (over.isPresent()) {
                say(
                        List.of("Nothing to revoke: " + over.get()),
                        JsonObject.builder()
                                .put("dry_run", dryRun)
                                .put("nothing_to_revoke", over.get())
                                .build());
                return 0;
            }
            var until = selector.kind() == Kind.JTI ? Optional.of(lastMoment(there, selector)) : end;
            revoke(
                    there,
                    new DenyEntry(
                            selector.kind(),
                            selector.value(),
                            until,
                            now,
                            there.caller().arn(),
                            reason));
            return 0;
        }
    }

    private void revoke(Administration there, DenyEntry entry) throws Complaint {
        var all = there.denyList();
        var list = DenyEntries.written(all, context);
        var same = Revocation.same(list, entry, entry.at());
        var report = new RevocationReport(entry, AffectedTokens.of(entry, unseen, there, list, context));
        if (same.isEmpty()) {
            Revocation.requireRoom(all, entry.kind());
        }
        if (!json) {
            report.plan().forEach(context::say);
        }
        if (!dryRun && same.isPresent()) {
            there.announce();
        }
        if (dryRun || same.isPresent()) {
            say(report.nothingWritten(dryRun, same), report.json(dryRun, same.map(DenyListLine.Written::id), 0));
            return;
        }
        Consent.require("Revoke " + DenyEntries.subject(entry) + "?", yes, context);
        var id = there.deny(entry);
        int dead = report.deadIn(there.issuersDenyList(), context.clock().instant());
        say(report.done(id, dead), report.json(false, Optional.of(id), dead));
        if (dead < report.alive()) {
            throw Complaint.refused(
                    "The entry is written, but the issuer's list does not end " + (report.alive() - dead)
                            + " of these tokens.",
                    "Someone lifted it at the same time, or clocks differ by minutes: see `taskbound tokens denied`.");
        }
    }

    private void say(List<String> lines, JsonObject document) {
        if (json) {
            context.say(JsonLine.of(document));
        } else {
            lines.forEach(context::say);
        }
    }

    /** Why there is nothing to end, if so. */
    private static Optional<String> over(Administration there, Selector selector, Instant now) throws Complaint {
        if (selector.kind() == Kind.ISSUED_BEFORE
                && !Instant.parse(selector.value()).plus(Revocation.MAX_LIFE).isAfter(now)) {
            return Optional.of("what was issued before " + selector.value() + " is expired, all of it.");
        }
        if (selector.kind() != Kind.JTI) {
            return Optional.empty();
        }
        var token = record(there, selector);
        if (token.life().state() != State.ACTIVE) {
            var end = token.life().end().orElseThrow();
            return Optional.of(
                    "the token ended at " + end.at() + ", cause " + end.cause().wire() + ".");
        }
        return token.life().expires().plus(Ledger.MAX_SKEW).isAfter(now)
                ? Optional.empty()
                : Optional.of("the token expired at " + token.life().expires() + ".");
    }

    private static TokenRecord record(Administration there, Selector selector) throws Complaint {
        return Selector.token(there, Jti.parse(selector.value()).orElseThrow());
    }

    private static Instant lastMoment(Administration there, Selector selector) throws Complaint {
        return record(there, selector).life().expires().plus(Ledger.MAX_SKEW);
    }
}
