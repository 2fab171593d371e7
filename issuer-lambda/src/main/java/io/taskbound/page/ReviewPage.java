// SPDX-License-Identifier: Apache-2.0
package io.taskbound.page;

import io.taskbound.approval.Decision;
import io.taskbound.issuer.ShownApproval;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** What is to be approved, in full, and what was decided so far. */
public final class ReviewPage {
    private static final Duration SHORT = Duration.ofMinutes(2);

    private ReviewPage() {}

    /**
     * For a person who may read it, with the form if they can decide, and else with the sentence that says why not.
     *
     * @param others logins, for whoever wants to be somebody else
     */
    public static String html(ShownApproval approval, DecisionForm form, List<Link> others) {
        var objection = approval.objection();
        var body = new Html()
                .paragraph(objection
                        .map(ReviewPage::sentence)
                        .orElse("A step of a CI run asks for exactly what stands here, and for nothing else. Approve it"
                                + " if you know of it and want it done now; otherwise deny it, or ask whoever started"
                                + " the run."))
                .add(said(approval))
                .add(decisions(approval))
                .add(standing(approval));
        if (objection.isPresent() && approval.mayDeny()) {
            body.paragraph("Until its token is issued, you can still deny it.");
        }
        if (objection.isEmpty() || approval.mayDeny()) {
            body.add(form.html(approval.text().hash(), objection.isEmpty()));
        }
        others.forEach(other -> body.add("<p class=\"note\"><a")
                .attribute("href", other.url())
                .add(">")
                .text(other.text())
                .add("</a></p>\n"));
        var task = task(approval);
        return Page.of(objection.isEmpty() ? "Approve " + task + "?" : task + ": " + approval.state(), body);
    }

    /** What was recorded just now. */
    public static String recorded(ShownApproval approval, boolean approved) {
        var body = new Html()
                .paragraph("Recorded: you have " + (approved ? "approved " : "denied ") + task(approval) + ". "
                        + (approved ? next(approval) : "The step ends. You may close this page."))
                .add(decisions(approval))
                .add("<h2>What it was about</h2>\n")
                .add(said(approval));
        return Page.of(approved ? "Approved" : "Denied", body);
    }

    private static String next(ShownApproval approval) {
        int missing = approval.record().approval().count() - approval.record().approvals();
        if (missing <= 0) {
            return "The step continues by itself. You may close this page.";
        }
        return missing == 1 ? "One more person has to approve." : missing + " more people have to approve.";
    }

    private static String task(ShownApproval approval) {
        return approval.record().declaration().json().string("task").orElse("");
    }

    private static Html said(ShownApproval approval) {
        var list = new Html().add("<dl class=\"said\">\n");
        approval.text()
                .lines()
                .forEach(line -> list.add("<dt>")
                        .text(line.label())
                        .add("</dt><dd>")
                        .add(value(line.text()))
                        .add("</dd>\n"));
        return list.add("</dl>\n");
    }

    /** The run's own page is a link: the one line that is an address and nothing else. */
    private static Html value(String text) {
        boolean address = (text.startsWith("https://") || text.startsWith("http://")) && text.indexOf(' ') < 0;
        return address
                ? new Html()
                        .add("<a rel=\"noreferrer\"")
                        .attribute("href", text)
                        .add(">")
                        .text(text)
                        .add("</a>")
                : new Html().isolated(text);
    }

    private static Html standing(ShownApproval approval) {
        var wanted = approval.record().approval();
        var people = wanted.count() == 1 ? "one person" : wanted.count() + " people";
        return new Html()
                .add("<p class=\"note\">Needs the approval of " + people + " of ")
                .text(String.join(" or ", wanted.by()))
                .add(". " + approval.record().approvals() + " of " + wanted.count() + " given. ")
                .add(left(approval.left()))
                .add("</p>\n");
    }

    private static Html decisions(ShownApproval approval) {
        var list = new Html();
        if (approval.record().decisions().isEmpty()) {
            return list;
        }
        list.add("<h2>Decisions</h2>\n<ul>\n");
        approval.record()
                .decisions()
                .forEach(made -> list.add("<li>").add(made(made)).add("</li>\n"));
        return list.add("</ul>\n");
    }

    private static Html made(Decision made) {
        var line = new Html()
                .isolated(made.name())
                .add(" (")
                .text(made.provider().value())
                .add(made.approved() ? ") approved" : ") denied")
                .add(" at " + instant(made.at()));
        made.comment().ifPresent(comment -> line.add(": ").isolated(comment));
        return line;
    }

    private static String instant(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString().replace("T", " ").replace("Z", " UTC");
    }

    private static String left(Duration left) {
        if (left.isNegative() || left.isZero()) {
            return "The time for it is over.";
        }
        return left.compareTo(SHORT) < 0
                ? left.toSeconds() + " seconds are left."
                : left.toMinutes() + " minutes are left.";
    }

    static String sentence(String words) {
        var sentence = words.isEmpty() ? words : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
        return sentence.endsWith(".") ? sentence : sentence + ".";
    }
}
