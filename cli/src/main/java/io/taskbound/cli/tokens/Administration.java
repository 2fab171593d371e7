// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.tokens;

import io.taskbound.cli.cloud.Caller;
import io.taskbound.cli.cloud.OpenTable;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.Printable;
import io.taskbound.ledger.DenyEntry;
import io.taskbound.ledger.DenyList;
import io.taskbound.ledger.DenyListLine;
import io.taskbound.ledger.DenyStore;
import io.taskbound.ledger.DynamoLedger;
import io.taskbound.ledger.DynamoTable;
import io.taskbound.ledger.LedgerUnavailable;
import io.taskbound.ledger.PolicyStore;
import io.taskbound.ledger.TokenListing;
import java.util.List;
import java.util.function.Supplier;

/** The parts of an open table that these commands work on; what the table does not answer becomes a complaint. */
final class Administration {
    private final OpenTable table;
    private final TokenListing listing;
    private final DenyStore denials;
    private final PolicyStore policies;

    Administration(OpenTable table) {
        this.table = table;
        this.listing = new TokenListing(new DynamoTable(table.client(), table.name()));
        this.denials = new DenyStore(new DynamoTable(table.client(), table.name()), DynamoLedger.DEFAULT_RETENTION);
        this.policies = new PolicyStore(new DynamoTable(table.client(), table.name()));
    }

    String tableName() {
        return table.name();
    }

    TokenListing listing() {
        return listing;
    }

    PolicyStore policies() {
        return policies;
    }

    Caller caller() throws Complaint {
        return table.cloud().caller();
    }

    List<DenyListLine> denyList() throws Complaint {
        return ask(denials::read);
    }

    /** The deny list as the issuer reads it. */
    DenyList issuersDenyList() throws Complaint {
        return ask(() -> new DynamoLedger(new DynamoTable(table.client(), table.name()), DynamoLedger.DEFAULT_RETENTION)
                .denyList());
    }

    String deny(DenyEntry entry) throws Complaint {
        return change(() -> denials.write(entry));
    }

    DenyStore.Lifted lift(String id, DenyListLine.Lifting lifting) throws Complaint {
        return change(() -> denials.lift(id, lifting));
    }

    /** Has the issuer read the list again: whoever changed it may have died before the issuer heard of it. */
    void announce() throws Complaint {
        change(() -> {
            denials.announce();
            return true;
        });
    }

    <T> T ask(Supplier<T> question) throws Complaint {
        try {
            return question.get();
        } catch (LedgerUnavailable e) {
            throw Complaint.refused(
                    "The table " + table.name() + " gave an incomplete answer: " + reason(e) + ".",
                    "Check that your AWS credentials permit it (docs/tokens.md lists what they need), and try again.");
        }
    }

    private <T> T change(Supplier<T> change) throws Complaint {
        try {
            return change.get();
        } catch (LedgerUnavailable e) {
            throw Complaint.refused(
                    "It is unknown whether the change is in force: " + reason(e) + ".",
                    "Check that your AWS credentials may write items with the key DENY, and run the command"
                            + " again: doing it twice is harmless.");
        }
    }

    private static String reason(LedgerUnavailable away) {
        return Printable.of(String.valueOf(away.getMessage()));
    }
}
