// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.tokens;

import io.taskbound.cli.terminal.Printable;
import io.taskbound.cli.terminal.Surroundings;
import io.taskbound.ledger.Denial;
import io.taskbound.ledger.DenyEntry;
import java.util.List;

/** The deny list without what cannot be read of it, of which a person is told: the issuer stands still over it. */
final class DenyEntries {
    private DenyEntries() {}

    static List<Denial.Written> written(List<Denial> list, Surroundings surroundings) {
        list.stream()
                .filter(Denial.Unreadable.class::isInstance)
                .forEach(denial -> surroundings.warn("The deny entry " + Printable.of(denial.id())
                        + " cannot be read, and while it is there the issuer grants nothing: delete the item DENY, E#"
                        + Printable.of(denial.id()) + " by hand."));
        return list.stream()
                .filter(Denial.Written.class::isInstance)
                .map(Denial.Written.class::cast)
                .toList();
    }

    /** What an entry is about, in a few words. */
    static String subject(DenyEntry entry) {
        return switch (entry.kind()) {
            case JTI -> "token " + Words.cell(entry.value());
            case RUN -> "run " + Words.cell(entry.value());
            case TASK -> "task " + Words.cell(entry.value());
            case SUBJECT -> "subject " + Printable.of(entry.value());
            case PROJECT -> "project " + Words.cell(entry.value());
            case PROVIDER -> "provider " + Words.cell(entry.value());
            case ISSUED_BEFORE -> "everything issued before " + Words.cell(entry.value());
        };
    }

    static String end(DenyEntry entry) {
        return entry.until().map(Words::time).orElse("for ever");
    }
}
