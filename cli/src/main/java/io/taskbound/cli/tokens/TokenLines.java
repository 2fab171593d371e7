// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.tokens;

import io.taskbound.cli.terminal.Printable;
import io.taskbound.ledger.Closure;
import io.taskbound.ledger.CredentialRecord;
import io.taskbound.ledger.DenyListLine;
import io.taskbound.ledger.RecordedUse;
import io.taskbound.ledger.TokenRecord;
import io.taskbound.receipt.CredentialStory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** All that is known of a token, for people. */
final class TokenLines {
    private final List<List<String>> rows = new ArrayList<>();
    private final TokenRecord token;

    private TokenLines(TokenRecord token) {
        this.token = token;
    }

    /** @param credential the foreign one that was asked for with the token, if one was */
    static List<String> of(TokenView sight, Optional<CredentialRecord> credential, Instant now) {
        var lines = new TokenLines(sight.token());
        lines.row("handle", sight.token().jti().toString());
        lines.row("state", state(sight));
        lines.granted();
        lines.requester();
        lines.life();
        lines.uses();
        credential.ifPresent(there -> lines.credential(there, now));
        sight.token().life().end().ifPresent(lines::ended);
        if (sight.missedItsClose()) {
            lines.row("close", "missing");
        }
        sight.denials().forEach(lines::denied);
        return TextColumns.columns(lines.rows);
    }

    private static String state(TokenView sight) {
        boolean alive = sight.state() == TokenState.ALIVE;
        return sight.state().word() + (alive ? ", until " : ", end ") + TextColumns.time(sight.end());
    }

    private void row(String name, String foreign) {
        rows.add(List.of(name, Printable.of(foreign)));
    }

    private void granted() {
        row("task", token.grant().task().value());
        Granted.lines(token).forEach(line -> row("may", line));
        row("at", token.grant().server().value() + " (" + token.grant().audience() + ")");
    }

    private void requester() {
        var requester = token.requester();
        row("provider", requester.provider().value() + " (" + requester.issuer() + ")");
        row("subject", requester.subject());
        row("", requester.stableSubject());
        row(
                "project",
                requester.projectName().orElse("-")
                        + requester.projectId().map(id -> " (" + id + ")").orElse(""));
        row("run", requester.run() + requester.job().map(job -> ", job " + job).orElse(""));
        requester.startedBy().ifPresent(person -> row("started by", person));
        requester.link().ifPresent(link -> row("link", link));
        row(
                "ID token",
                "issued " + TextColumns.time(requester.proofIssued()) + ", expires "
                        + TextColumns.time(requester.proofExpires()));
        var policy = token.grant().policy();
        row("policy", "v" + policy.number() + " " + policy.hash());
    }

    private void life() {
        var life = token.life();
        row("issued", life.issued().toString() + (life.unsigned() ? ", never signed" : ""));
        row("expires", life.expires().toString());
        life.leaseDeadline()
                .ifPresent(deadline ->
                        row("lease", life.lease().orElseThrow().toSeconds() + " s, until " + deadline.toString()));
        token.grant()
                .window()
                .ifPresent(window -> row(
                        "window",
                        "until " + window.end()
                                + window.change()
                                        .map(change -> ", change " + change)
                                        .orElse("")));
        token.key().ifPresent(key -> row("bound to", "the key " + key));
        row("txn", token.txn());
    }

    private void uses() {
        var uses = token.uses();
        row("uses", uses.count() + (uses.max().isPresent() ? " of " + uses.max().getAsInt() + " each" : ", no limit"));
        uses.remembered().values().stream()
                .sorted(Comparator.comparing(RecordedUse::at))
                .forEach(use -> row(
                        "",
                        use.at() + "  " + use.action() + " " + Granted.identifier(token, use.object()) + "  by "
                                + token.grant().server().value()));
    }

    private void credential(CredentialRecord credential, Instant now) {
        var state = new CredentialStory(credential, now).state();
        row("credential", credential.kind() + ", " + state);
        row("", "deliveries " + credential.deliveries());
        row("", credential.ended().map(at -> "ended " + at).orElse("until " + credential.aliveUntil()));
    }

    private void ended(Closure closure) {
        row(
                "ended",
                closure.at() + " by " + closure.by() + ", cause "
                        + closure.cause().wire()
                        + closure.note().map(note -> ": " + note).orElse(""));
    }

    private void denied(DenyListLine.Written denial) {
        var entry = denial.entry();
        row("denied", "entry " + denial.id() + ", " + DenyEntries.subject(entry) + ", until " + DenyEntries.end(entry));
        row(
                "",
                entry.at() + " by " + entry.by()
                        + entry.note().map(why -> ": " + why).orElse(""));
    }
}
