// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.approvals;

import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.Consent;
import io.taskbound.cli.terminal.DashedIds;
import io.taskbound.cli.terminal.JsonLine;
import io.taskbound.client.approval.Decision;
import io.taskbound.client.approval.ShownApproval;
import io.taskbound.json.JsonObject;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code approve} and {@code deny}: shows exactly what is to be approved, asks, and sends the decision on just that.
 */
abstract class Deciding implements Callable<Integer> {
    private static final Pattern HASH = Pattern.compile("[A-Za-z0-9_-]{43}");

    private final CommandContext context;
    private final boolean approves;

    @Parameters(paramLabel = "APPROVAL", description = "Its id or its address, as the waiting step prints them.")
    private String approval = "";

    @Option(names = "--comment", paramLabel = "TEXT", description = "For the record; one line, at most 200 characters.")
    private Optional<String> comment = Optional.empty();

    @Option(names = "--yes", description = "Do not ask; for a workflow whose start is the decision.")
    private boolean yes;

    @Option(
            names = "--shown",
            paramLabel = "HASH",
            description = "Decide only on the text that has this hash: the one that was printed when you read it.")
    private Optional<String> read = Optional.empty();

    @Option(names = "--json", description = "Print what was recorded as JSON on stdout, and the rest on stderr.")
    private boolean json;

    @Mixin
    private PersonOptions options = new PersonOptions();

    Deciding(CommandContext context, boolean approves) {
        this.context = context;
        this.approves = approves;
    }

    @Override
    public Integer call() throws Complaint {
        var named = NamedApproval.parse(approval);
        checkComment();
        checkHash();
        var person = options.person("taskbound " + verb(), named.issuer(), context);
        var answers = new Answers(
                person.issuer().issuer(),
                "Look with `taskbound approve " + named.id()
                        + "`: it shows what was recorded, and asks before it decides.");
        var shown = answers.shown(person.issuer().approval(person.idToken(), named.id()));
        ShownText.say(shown, reader());
        requireMayDecide(shown);
        requireWhatWasRead(shown);
        Consent.require(approves ? "Approve?" : "Deny?", yes, context);
        tell(answers.shown(person.issuer().decide(person.idToken(), new Decision(shown, approves, comment()))));
        return 0;
    }

    private Optional<String> comment() {
        return comment.map(DashedIds::plain);
    }

    /** Before anything is sent. */
    private void checkComment() throws Complaint {
        var fault = comment().flatMap(Decision::commentFault);
        if (fault.isPresent()) {
            throw Complaint.usage("--comment " + fault.get() + ".", "Write one line of plain text.");
        }
    }

    /** Before anything is sent. */
    private void checkHash() throws Complaint {
        if (read.isPresent() && !HASH.matcher(readHash()).matches()) {
            throw Complaint.usage(
                    "--shown must be the hash of the text: 43 characters.",
                    "It is the line below the text that `taskbound " + verb() + "` prints.");
        }
    }

    private String readHash() {
        return DashedIds.plain(read.orElse(""));
    }

    /** A script decides only on what a person has read: another text needs another decision. */
    private void requireWhatWasRead(ShownApproval shown) throws Complaint {
        if (read.isPresent() && !shown.textHash().equals(readHash())) {
            throw Complaint.refused(
                    "The text has changed: --shown is not its hash.",
                    "Nothing was recorded. Read the text above; if you agree with it, give its hash.");
        }
    }

    private void requireMayDecide(ShownApproval shown) throws Complaint {
        if (!(approves ? shown.mayApprove() : shown.mayDeny())) {
            throw Complaint.refused(
                    "You may not decide on it: " + shown.why().orElse("the issuer does not say why") + ".",
                    "Nothing was recorded.");
        }
    }

    private void tell(ShownApproval now) {
        if (json) {
            context.say(JsonLine.of(JsonObject.builder()
                    .put("approval_id", now.id())
                    .put("decision", approves ? "approve" : "deny")
                    .put("state", now.state())
                    .put("approvals_given", now.given())
                    .put("approvals_needed", now.needed())
                    .build()));
        }
        reader().say("Recorded: " + (approves ? "approved. " : "denied. ") + outcome(now));
    }

    private String outcome(ShownApproval now) {
        if (!approves) {
            return "The step will not get a token.";
        }
        return now.state().equals("pending")
                ? now.given() + " of " + now.needed() + " approvals given; the step still waits."
                : "The step can continue.";
    }

    private CommandContext reader() {
        return json ? context.aside() : context;
    }

    private String verb() {
        return approves ? "approve" : "deny";
    }
}
