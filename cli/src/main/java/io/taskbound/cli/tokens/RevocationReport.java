// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.tokens;

import io.taskbound.cli.terminal.Printable;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.ledger.DenyEntry;
import io.taskbound.ledger.DenyEntry.Kind;
import io.taskbound.ledger.DenyList;
import io.taskbound.ledger.DenyListLine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a revocation would do, and what it did. */
final class RevocationReport {
    private static final int MAX_SHOWN = 10;

    private final DenyEntry entry;
    private final AffectedTokens hits;

    RevocationReport(DenyEntry entry, AffectedTokens hits) {
        this.entry = entry;
        this.hits = hits;
    }

    /** How many tokens it ends, as far as they were counted. */
    int alive() {
        return hits.alive().size();
    }

    List<String> plan() {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("revoke", DenyEntries.subject(entry)));
        rows.add(List.of("ends", count()));
        hits.alive().stream().limit(MAX_SHOWN).forEach(sight -> rows.add(List.of("", line(sight))));
        if (alive() > MAX_SHOWN) {
            rows.add(List.of("", "… and " + (alive() - MAX_SHOWN) + " more"));
        }
        rows.add(List.of("counts", "until " + DenyEntries.end(entry) + afterwards()));
        rows.add(List.of("by", Printable.of(entry.by())));
        entry.note().ifPresent(why -> rows.add(List.of("why", Printable.of(why))));
        rows.add(List.of("note", "a server with checks: offline does not ask, and accepts a token until it expires"));
        return TextColumns.columns(rows);
    }

    private String count() {
        var words = alive() == 1 ? "1 token that is alive now" : alive() + " tokens that are alive now";
        return hits.complete() ? words : "at least " + words + "; not all were counted";
    }

    private String afterwards() {
        return entry.kind() == Kind.JTI || entry.kind() == Kind.ISSUED_BEFORE
                ? ", when all of that has expired; later tokens are not affected"
                : "; new tokens of it are also refused until then";
    }

    private static String line(TokenView sight) {
        var token = sight.token();
        return String.join(
                "  ",
                token.jti().toString(),
                token.grant().task().value(),
                TextColumns.cell(token.requester()
                        .projectName()
                        .or(token.requester()::projectId)
                        .orElse("-")),
                TextColumns.cell(token.requester().run()),
                "until " + TextColumns.time(sight.end()));
    }

    List<String> nothingWritten(boolean dryRun, Optional<DenyListLine.Written> same) {
        var lines = new ArrayList<String>();
        same.ifPresent(there -> lines.add(
                "Already in force: entry " + there.id() + " of " + there.entry().at() + " by "
                        + Printable.of(there.entry().by()) + ", until " + DenyEntries.end(there.entry()) + "."));
        lines.add(dryRun ? "Dry run: nothing was written." : "Nothing new was written. Issuers read the list again.");
        return lines;
    }

    List<String> done(String id, int dead) {
        return List.of(
                "revoked  entry " + id + "; in force from the issuer's next request on",
                "verified  " + dead + " of " + alive() + " tokens are now refused");
    }

    /** How many of them this list, read as the issuer reads it, ends. */
    int deadIn(DenyList list, Instant now) {
        return (int) hits.alive().stream()
                .filter(sight -> list.match(sight.token(), now).isPresent())
                .count();
    }

    /** @param id of the entry that is in force */
    JsonObject json(boolean dryRun, Optional<String> id, int dead) {
        return JsonObject.builder()
                .put("dry_run", dryRun)
                .putIfPresent("entry", id)
                .put("denied", DenialJson.of(entry))
                .put("alive_before", alive())
                .put("counted_all", hits.complete())
                .put("dead_now", dead)
                .put(
                        "tokens",
                        JsonArray.ofStrings(hits.alive().stream()
                                .map(sight -> sight.token().jti().toString())
                                .toList()))
                .build();
    }
}
