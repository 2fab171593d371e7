// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.guard;

import io.taskbound.cli.rules.RequestTarget;
import io.taskbound.cli.rules.RuleSet;
import io.taskbound.cli.rules.RulesFile;
import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.FileTrouble;
import io.taskbound.cli.terminal.Printable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code guard check}: reads a file of rules, and says what they make of some requests. */
@Command(
        name = "check",
        header = "Check a file of rules, and what they make of a request.",
        description = {
            "",
            "Prints every fault of the file with its place. With --try it says which rule a request falls under, and"
                    + " which action on which target that is. Nothing is asked and nobody is reached.",
            "",
            "Exit code 1 if the file is faulty, or a request that was tried has no rule."
        },
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  taskbound guard check rules.yaml",
            "  taskbound guard check rules.yaml --try \"GET /tickets/7\" --try \"PUT /tickets/7\""
        })
public final class GuardCheckCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(paramLabel = "FILE", description = "The file of rules.")
    private Path file = Path.of("");

    @Option(
            names = "--try",
            paramLabel = "REQUEST",
            description = "A method and a path, with a query if there is one; may be given several times.")
    private List<String> tries = List.of();

    public GuardCheckCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Complaint {
        var rules = read();
        if (rules.isEmpty()) {
            return Complaint.REFUSED;
        }
        context.say(file + ": valid, rules: " + rules.get().names().size() + ", open paths: "
                + rules.get().openPaths() + ", for " + rules.get().publicUrl());
        boolean all = true;
        for (var request : tries) {
            all &= said(rules.get(), request);
        }
        return all ? 0 : Complaint.REFUSED;
    }

    private Optional<RuleSet> read() throws Complaint {
        try {
            return RulesFile.read(file).rules(context::warn);
        } catch (IOException unreadable) {
            throw Complaint.usage(
                    file + " cannot be read: " + FileTrouble.words(unreadable) + ".", "Name a file of rules.");
        }
    }

    /** Whether it has a rule or needs none. */
    private boolean said(RuleSet rules, String request) throws Complaint {
        int space = request.indexOf(' ');
        if (space < 0) {
            throw Complaint.usage(
                    "--try " + Printable.typed(request) + " is not a method and a path.",
                    "Write it like \"GET /tickets/7\".");
        }
        var read = RequestTarget.read(request.substring(0, space), request.substring(space + 1));
        return read.match(
                target -> rules.map(target)
                        .match(
                                use -> say(true, request, use.rule() + ": " + use.action() + " " + use.identifier()),
                                open -> say(true, request, "open: needs no token"),
                                why -> say(false, request, "refused: " + why.sentence())),
                oddity -> say(false, request, "refused: " + oddity.sentence()));
    }

    private boolean say(boolean passes, String request, String what) {
        context.say("  " + Printable.of(request) + "  " + what);
        return passes;
    }
}
