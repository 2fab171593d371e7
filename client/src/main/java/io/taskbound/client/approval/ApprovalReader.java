// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.approval;

import io.taskbound.client.PendingApproval;
import io.taskbound.client.approval.ShownApproval.RecordedDecision;
import io.taskbound.client.internal.JsonObject;
import io.taskbound.client.internal.Printable;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads what an issuer says of approvals, strictly: an answer that is not whole is none. */
public final class ApprovalReader {
    private static final int MAX_TEXT = 16 * 1024;
    private static final long LONGEST_SECONDS = 86_400;
    private static final long LAST_SECOND = 253_402_300_799L;
    private static final int MOST_PEOPLE = 100;
    private static final Pattern STATE = Pattern.compile("[a-z_]{1,32}");

    private final Function<String, Optional<URI>> page;
    private final Instant sentAt;

    /**
     * @param page the address, if it is the issuer's own
     * @param sentAt from which the issuer's seconds are counted
     */
    public ApprovalReader(Function<String, Optional<URI>> page, Instant sentAt) {
        this.page = page;
        this.sentAt = sentAt;
    }

    /** Empty when it is not whole, or its text cannot be shown as it is. */
    public Optional<ShownApproval> shown(JsonObject body) {
        var id = id(body);
        var state = body.text("state").filter(STATE.asMatchPredicate());
        var task = body.text("task");
        var text = body.text("text")
                .filter(lines -> !lines.isBlank() && lines.length() <= MAX_TEXT && PlainText.isLines(lines));
        var requested = time(body, "requested_at");
        var until = until(body);
        var approvers = body.texts("approvers");
        var needed = body.whole("approvals_needed").filter(count -> count >= 1 && count <= MOST_PEOPLE);
        var mayApprove = body.flag("may_decide");
        var decisions = body.objects("decisions").flatMap(ApprovalReader::decisions);
        if (id.isEmpty()
                || state.isEmpty()
                || task.isEmpty()
                || text.isEmpty()
                || requested.isEmpty()
                || until.isEmpty()
                || approvers.isEmpty()
                || needed.isEmpty()
                || mayApprove.isEmpty()
                || decisions.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new ShownApproval(
                id.get(),
                body.text("approval_uri").flatMap(page),
                state.get(),
                Printable.of(task.get()),
                text.get(),
                requested.get(),
                until.get(),
                approvers.get().stream().map(Printable::of).toList(),
                needed.get().intValue(),
                mayApprove.get(),
                body.flag("may_deny").orElseGet(mayApprove::get),
                body.text("why").map(Printable::of),
                decisions.get()));
    }

    /** Empty when one of them is not whole. */
    public Optional<List<ListedApproval>> listed(JsonObject body) {
        if (!body.has("approvals")) {
            return Optional.empty();
        }
        return body.objects("approvals").flatMap(entries -> {
            var listed =
                    entries.stream().flatMap(entry -> entry(entry).stream()).toList();
            return listed.size() == entries.size() ? Optional.of(listed) : Optional.empty();
        });
    }

    private Optional<ListedApproval> entry(JsonObject entry) {
        var id = id(entry);
        var task = entry.text("task");
        var requested = time(entry, "requested_at");
        var until = until(entry);
        if (id.isEmpty() || task.isEmpty() || requested.isEmpty() || until.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new ListedApproval(
                id.get(),
                entry.text("approval_uri").flatMap(page),
                Printable.of(task.get()),
                entry.text("project").map(Printable::of),
                entry.text("run").map(Printable::of),
                entry.text("link").map(Printable::of),
                requested.get(),
                until.get()));
    }

    private static Optional<List<RecordedDecision>> decisions(List<JsonObject> entries) {
        var decisions = new ArrayList<RecordedDecision>();
        for (var entry : entries) {
            var verdict = entry.text("decision").filter(word -> word.equals("approve") || word.equals("deny"));
            var at = time(entry, "at");
            if (verdict.isEmpty() || at.isEmpty()) {
                return Optional.empty();
            }
            decisions.add(new RecordedDecision(
                    verdict.get().equals("approve"),
                    at.get(),
                    entry.text("provider").map(Printable::of).orElse("?"),
                    entry.text("name").map(Printable::of).orElse("?"),
                    entry.text("comment").map(Printable::of)));
        }
        return Optional.of(List.copyOf(decisions));
    }

    private static Optional<String> id(JsonObject body) {
        return body.text("approval_id").filter(PendingApproval::isId);
    }

    private static Optional<Instant> time(JsonObject body, String name) {
        return body.whole(name)
                .filter(seconds -> seconds >= 0 && seconds <= LAST_SECOND)
                .map(Instant::ofEpochSecond);
    }

    private Optional<Instant> until(JsonObject body) {
        return body.whole("expires_in")
                .filter(seconds -> seconds >= 0 && seconds <= LONGEST_SECONDS)
                .map(sentAt::plusSeconds);
    }
}
