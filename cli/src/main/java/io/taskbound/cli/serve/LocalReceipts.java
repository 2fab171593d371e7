// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.serve;

import io.taskbound.audit.AuditEntry;
import io.taskbound.audit.Event;
import io.taskbound.audit.Outcome;
import io.taskbound.cli.cloud.TableOptions;
import io.taskbound.cli.parts.LocalParts;
import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.json.JsonObject;
import io.taskbound.ledger.Ledger;
import io.taskbound.ledger.LedgerUnavailable;
import io.taskbound.receipt.DsseEnvelope;
import io.taskbound.receipt.ReceiptStatement;
import io.taskbound.token.Jti;
import io.taskbound.token.LocalSigner;
import io.taskbound.token.SignerUnavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;

/**
 * Makes a receipt with the signing key of {@code serve --data}: whoever may read that key could sign anything, so this
 * gives nobody more than they have. It is noted in the folder's audit log.
 */
public final class LocalReceipts {
    private final Path folder;
    private final String issuerUrl;
    private final CommandContext context;

    private LocalReceipts(Path folder, String issuerUrl, CommandContext context) {
        this.folder = folder;
        this.issuerUrl = issuerUrl;
        this.context = context;
    }

    /**
     * The receipt of one token.
     *
     * @param table where the ledger is, if it is not in the folder
     * @throws Complaint when {@code serve} is using the folder's ledger, there is no such token, or anything else is
     *     missing
     */
    public static JsonObject of(Path folder, TableOptions table, String issuerUrl, Jti jti, CommandContext context)
            throws Complaint {
        var receipts = new LocalReceipts(folder, issuerUrl, context);
        receipts.requireKey();
        return table.isTyped() ? receipts.ofTable(table, jti) : receipts.ofFolder(jti);
    }

    private Path key() {
        return folder.resolve("signing-key.json");
    }

    /** A folder without one is not the issuer's, and none is made here. */
    private void requireKey() throws Complaint {
        if (!Files.isRegularFile(key())) {
            throw Complaint.refused(
                    "The folder " + folder + " holds no signing key.", "Name the folder of `taskbound serve --data`.");
        }
    }

    private JsonObject ofTable(TableOptions table, Jti jti) throws Complaint {
        try (var store = LedgerStore.onTable(table, context)) {
            return receipt(store.ledger(), jti);
        } catch (Complaint complaint) {
            throw complaint;
        } catch (Exception closing) {
            throw new IllegalStateException(closing);
        }
    }

    private JsonObject ofFolder(Jti jti) throws Complaint {
        LocalParts.require("`receipt --data` without --table", context);
        try (var data = DataFolder.open(folder);
                var store = LedgerStore.at(data.ledger())) {
            return receipt(store.ledger(), jti);
        } catch (Complaint complaint) {
            throw complaint;
        } catch (Exception closing) {
            throw new IllegalStateException(closing);
        }
    }

    private JsonObject receipt(Ledger ledger, Jti jti) throws Complaint {
        var now = context.clock().instant().truncatedTo(ChronoUnit.MILLIS);
        try (var audit = AuditFile.open(folder.resolve("audit.jsonl"))) {
            var found = ledger.credentials().look(jti);
            var record = found.token()
                    .record()
                    .orElseThrow(() -> Complaint.refused(
                            "The ledger has no token " + jti + ".",
                            "Check the handle; records are removed 30 days after their end."));
            var denial = found.token().denyList().match(record, now);
            var statement = ReceiptStatement.of(
                    issuerUrl,
                    record,
                    found.credential(),
                    record.grant().approval().flatMap(ledger.approvals()::find),
                    denial,
                    now);
            var envelope = DsseEnvelope.sign(statement, LocalSigner.loadOrCreate(key()));
            audit.accept(AuditEntry.begin(Event.RECEIPT, "command", now)
                    .jti(jti)
                    .by("local:" + System.getProperty("user.name", "unknown"))
                    .task(record.grant().task())
                    .txn(record.txn())
                    .end(Outcome.SIGNED)
                    .text());
            return envelope;
        } catch (LedgerUnavailable e) {
            throw Complaint.refused(
                    "The ledger cannot be read: " + e.getMessage() + ".", "Check the folder or the table.");
        } catch (IOException | SignerUnavailable e) {
            throw Complaint.refused(
                    "The signing key " + key() + " cannot be used: " + e.getMessage() + ".",
                    "Restore the file from a backup.");
        }
    }
}
