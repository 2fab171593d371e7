// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.step;

import io.taskbound.client.internal.Printable;
import io.taskbound.client.receipt.ReceiptCredential;
import io.taskbound.client.receipt.ReceiptDecision;
import io.taskbound.client.receipt.ReceiptEnd;
import io.taskbound.client.receipt.ReceiptPermission;
import io.taskbound.client.receipt.ReceiptUse;
import io.taskbound.client.receipt.VerifiedReceipt;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** A token's story in plain words, as its receipt tells it. Foreign text is made printable. */
public final class ReceiptText {
    /** More than that nobody reads; the receipt itself has them. */
    private static final int SHOWN_USES = 10;

    private final VerifiedReceipt receipt;
    private final List<Line> lines = new ArrayList<>();

    private ReceiptText(VerifiedReceipt receipt) {
        this.receipt = receipt;
    }

    /**
     * One line of the story.
     *
     * @param label what it is about, a word or two
     */
    public record Line(String label, String text) {}

    /** The story from the request to the end. */
    public static List<Line> of(VerifiedReceipt receipt) {
        var text = new ReceiptText(receipt);
        text.beginning();
        text.uses();
        receipt.credential().ifPresent(text::credential);
        text.ending();
        return List.copyOf(text.lines);
    }

    private void beginning() {
        add("task", receipt.task());
        receipt.permissions().forEach(permission -> add("permitted", permitted(permission)));
        var requester = receipt.requester();
        add("asked by", requester.provider() + ", " + requester.project().orElse(requester.subject()));
        add("run", requester.link().orElse(requester.run()));
        requester.startedBy().ifPresent(person -> add("started by", person));
        add("allowed by", "version " + receipt.policyVersion() + " of the policy, hash " + receipt.policyHash());
        receipt.approval()
                .ifPresent(approval -> approval.decisions()
                        .forEach(decision ->
                                add(decision.decision().equals("approve") ? "approved" : "denied", decided(decision))));
        receipt.window()
                .ifPresent(window -> add(
                        "window",
                        "until " + window.end()
                                + window.change()
                                        .map(change -> ", for change " + change)
                                        .orElse("")));
        add(
                "granted",
                receipt.issued() + ", to expire at " + receipt.expires()
                        + receipt.maxUses()
                                .map(most -> ", for " + counted(most, "use") + " of each target")
                                .orElse(""));
        receipt.keyThumbprint().ifPresent(key -> add("bound to", "the key " + key));
    }

    private static String decided(ReceiptDecision decision) {
        return "by " + decision.name() + " (" + decision.provider() + ", " + decision.person() + ") at " + decision.at()
                + decision.comment().map(text -> ": " + text).orElse("");
    }

    private String permitted(ReceiptPermission permission) {
        return String.join(", ", permission.actions()) + " " + permission.identifier() + ", at "
                + receipt.resourceServer();
    }

    private void uses() {
        if (receipt.useCount() == 0) {
            add("used", "never: no resource server redeemed it");
        }
        receipt.uses().stream()
                .limit(SHOWN_USES)
                .forEach(use -> add(isDelivery(use) ? "delivered" : "redeemed", used(use)));
        long more = receipt.useCount() - Math.min(SHOWN_USES, receipt.uses().size());
        if (more > 0) {
            add("redeemed", counted(more, "more time"));
        }
    }

    /** The issuer's own use: it handed out a credential of the resource server for this target. */
    private static boolean isDelivery(ReceiptUse use) {
        return use.action().equals("credential");
    }

    private static String used(ReceiptUse use) {
        if (isDelivery(use)) {
            return use.at() + ", by " + use.server() + ": a credential for " + use.identifier();
        }
        return use.at() + ", by " + use.server() + ": " + use.action() + " " + use.identifier();
    }

    private void credential(ReceiptCredential credential) {
        add(
                "credential",
                credential.kind() + ", handed out " + counted(credential.deliveries(), "time") + ", "
                        + fate(credential));
    }

    private static String fate(ReceiptCredential credential) {
        var until = credential.aliveUntil();
        return switch (credential.state()) {
            case "revoked" -> "revoked" + at(credential.ended());
            case "expired" -> "ended by itself" + at(credential.ended());
            case "not_made" -> "the service made none";
            case "unheard" -> "asked for without an answer: one may be alive until " + until;
            case "asked" -> "being asked for: one may be alive until " + until;
            case "delivered" -> "not revoked yet: alive until " + until + " at most";
            default -> credential.state() + ": may be alive until " + until;
        };
    }

    private static String at(Optional<Instant> time) {
        return time.map(there -> " at " + there).orElse("");
    }

    private void ending() {
        add("ended", receipt.end().map(this::ended).orElse("not yet: it was alive when this receipt was made"));
        add("receipt", "made " + receipt.made() + " by " + receipt.issuer());
    }

    private String ended(ReceiptEnd end) {
        return end.at() + ", " + cause(end) + after(end.at())
                + end.deadSince()
                        .map(since -> "; it had been dead since " + since
                                + (since.equals(receipt.expires()) && receipt.expiresWithItsWindow()
                                        ? ", when its change window ended"
                                        : ""))
                        .orElse("");
    }

    /** Why it ended, in a few words such as {@code closed by its holder}. Foreign text is made printable. */
    public static String cause(ReceiptEnd end) {
        return Printable.of(words(end));
    }

    private static String words(ReceiptEnd end) {
        return switch (end.cause()) {
            case "holder" -> "closed by its holder";
            case "handle" -> "closed by its run, by its handle";
            case "job" -> "closed with its job";
            case "run" -> "closed with its run";
            case "run_closed" -> "closed at once: its run had been closed";
            case "hook" -> "closed because the CI system said that its run or job ended";
            case "window" ->
                end.by().equals("policy")
                        ? "closed by a new version of the policy, which had ended its change window"
                        : "its change window ended";
            case "spent" -> "used up: " + end.by() + " redeemed its last use";
            case "lapsed" -> "lapsed: no heartbeat came in time";
            case "expired" -> "expired: nobody closed it";
            case "administrator" -> "revoked by an administrator";
            case "denied" -> "revoked by the deny list";
            default -> end.cause() + ", by " + end.by();
        };
    }

    private String after(Instant end) {
        var lived = Duration.between(receipt.issued(), end);
        return lived.isNegative() ? "" : String.format(Locale.ROOT, ", after %.1f s", lived.toMillis() / 1000.0);
    }

    private static String counted(long number, String unit) {
        return number + " " + unit + (number == 1 ? "" : "s");
    }

    private void add(String label, String text) {
        lines.add(new Line(label, Printable.of(text)));
    }

    /** The story as one text with a line for each. */
    public static String joined(VerifiedReceipt receipt) {
        return of(receipt).stream()
                .map(line -> String.format(Locale.ROOT, "%-11s%s", line.label(), line.text()))
                .collect(Collectors.joining("\n"));
    }
}
