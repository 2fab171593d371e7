// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.tokens;

import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Printable;
import io.taskbound.ledger.DenyEntry;
import io.taskbound.ledger.DenyListLine;
import java.util.List;

/** The deny list without what cannot be read of it, of which a person is told: the issuer stands still over it. */
final class DenyEntries {
    private DenyEntries() {}

    static List<DenyListLine.Written> written(List<DenyListLine> list, CommandContext context) {
        list.stream()
                .filter(DenyListLine.Unreadable.class::isInstance)
                .forEach(denial -> context.warn("The deny entry " + Printable.of(denial.id())
                        + " cannot be read, and while it is there the issuer grants nothing: delete the item DENY, E#"
                        + Printable.of(denial.id()) + " by hand."));
        return list.stream()
                .filter(DenyListLine.Written.class::isInstance)
                .map(DenyListLine.Written.class::cast)
                .toList();
    }

    /** What an entry is about, in a few words. */
    static String subject(DenyEntry entry) {
        return switch (entry.kind()) {
            case JTI -> "token " + TextColumns.cell(entry.value());
            case RUN -> "run " + TextColumns.cell(entry.value());
            case TASK -> "task " + TextColumns.cell(entry.value());
            case SUBJECT -> "subject " + Printable.of(entry.value());
            case PROJECT -> "project " + TextColumns.cell(entry.value());
            case PROVIDER -> "provider " + TextColumns.cell(entry.value());
            case ISSUED_BEFORE -> "everything issued before " + TextColumns.cell(entry.value());
        };
    }

    static String end(DenyEntry entry) {
        return entry.until().map(TextColumns::time).orElse("for ever");
    }
}
