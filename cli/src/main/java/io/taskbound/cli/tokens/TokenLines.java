// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.tokens;

import io.taskbound.cli.terminal.Printable;
import io.taskbound.ledger.Closure;
import io.taskbound.ledger.DenyListLine;
import io.taskbound.ledger.RecordedUse;
import io.taskbound.ledger.TokenRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** All that is known of a token, for people. */
final class TokenLines {
    private final List<List<String>> rows = new ArrayList<>();
    private final TokenRecord token;

    private TokenLines(TokenRecord token) {
        this.token = token;
    }

    static List<String> of(TokenView sight) {
        var lines = new TokenLines(sight.token());
        lines.row("handle", sight.token().jti().toString());
        lines.row("state", state(sight));
        lines.granted();
        lines.caller();
        lines.life();
        lines.uses();
        sight.token().closure().ifPresent(lines::closed);
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
        row("task", token.task().value());
        Granted.lines(token).forEach(line -> row("may", line));
        row("at", token.server().value() + " (" + token.audience() + ")");
    }

    private void caller() {
        row("provider", token.provider().value() + " (" + token.issuerOfProof() + ")");
        row("subject", token.subject());
        row("", token.stableSubject());
        row(
                "project",
                token.projectName().orElse("-")
                        + token.projectId().map(id -> " (" + id + ")").orElse(""));
        row("run", token.run() + token.job().map(job -> ", job " + job).orElse(""));
        token.startedBy().ifPresent(person -> row("started by", person));
        token.link().ifPresent(link -> row("link", link));
        row(
                "ID token",
                "issued " + TextColumns.time(token.proofIssued()) + ", expires "
                        + TextColumns.time(token.proofExpires()));
        row("policy", "v" + token.policy().number() + " " + token.policy().hash());
    }

    private void life() {
        row("issued", token.issued().toString() + (token.unsigned() ? ", never signed" : ""));
        row("expires", token.expires().toString());
        token.leaseDeadline()
                .ifPresent(deadline ->
                        row("lease", token.lease().orElseThrow().toSeconds() + " s, until " + deadline.toString()));
        row("txn", token.txn());
    }

    private void uses() {
        row(
                "uses",
                token.useCount()
                        + (token.maxUses().isPresent()
                                ? " of " + token.maxUses().getAsInt() + " each"
                                : ", no limit"));
        token.uses().values().stream()
                .sorted(Comparator.comparing(RecordedUse::at))
                .forEach(use -> row(
                        "",
                        use.at() + "  " + use.action() + " " + Granted.identifier(token, use.object()) + "  by "
                                + token.server().value()));
    }

    private void closed(Closure closure) {
        row(
                "closed",
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
