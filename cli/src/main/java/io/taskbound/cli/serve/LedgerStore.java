// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.serve;

import io.taskbound.cli.cloud.OpenTable;
import io.taskbound.cli.cloud.TableOptions;
import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.PrivateFile;
import io.taskbound.ledger.DynamoLedger;
import io.taskbound.ledger.DynamoTable;
import io.taskbound.ledger.Ledger;
import io.taskbound.ledger.LedgerTable;
import io.taskbound.ledger.LedgerUnavailable;
import io.taskbound.ledger.Sweeper;
import io.taskbound.local.EmbeddedDynamo;
import java.io.IOException;
import java.nio.file.Path;

/** A ledger and the database that it keeps open. */
public final class LedgerStore implements AutoCloseable {
    private static final String LOCAL_TABLE = "taskbound";

    private final Ledger ledger;
    private final Sweeper sweeper;
    private final AutoCloseable database;

    private LedgerStore(DynamoTable table, AutoCloseable database) {
        this.ledger = ledger(table);
        this.sweeper = new Sweeper(table);
        this.database = database;
    }

    /** DynamoDB Local in memory: gone with this process. */
    public static LedgerStore inMemory() {
        return local(EmbeddedDynamo.inMemory());
    }

    /** DynamoDB Local in a folder: survives this process, however it ends. */
    static LedgerStore at(Path folder) throws Complaint {
        try {
            // The database makes its files with the process's usual permissions; the records name who did what.
            return local(EmbeddedDynamo.at(PrivateFile.folder(folder)));
        } catch (IOException | RuntimeException e) {
            throw Complaint.refused(
                    "The ledger in " + folder + " cannot be opened: " + reason(e) + ".",
                    "Name another folder with --data, or restore this one from a backup.");
        }
    }

    private static LedgerStore local(EmbeddedDynamo database) {
        LedgerTable.create(database.client(), LOCAL_TABLE);
        return new LedgerStore(new DynamoTable(database.client(), LOCAL_TABLE), database);
    }

    /** A table of DynamoDB itself; read once, with a person's patience, so that a fault shows now. */
    static LedgerStore onTable(TableOptions options, CommandContext context) throws Complaint {
        try (var table = options.open(context)) {
            context.say("ledger in the DynamoDB table " + table.name());
            checkReadable(table);
            var client = table.cloud().dynamoOfIssuer();
            return new LedgerStore(new DynamoTable(client, table.name()), client);
        }
    }

    private static void checkReadable(OpenTable table) throws Complaint {
        try {
            ledger(new DynamoTable(table.client(), table.name())).denyList();
        } catch (LedgerUnavailable e) {
            throw Complaint.refused(
                    "The table " + table.name() + " cannot be read: " + reason(e) + ".",
                    "Check that your AWS credentials may read it.");
        }
    }

    private static Ledger ledger(DynamoTable table) {
        return new DynamoLedger(table, DynamoLedger.DEFAULT_RETENTION);
    }

    private static String reason(Exception fault) {
        var cause = fault.getCause() == null ? fault : fault.getCause();
        return cause.getClass().getSimpleName() + " " + cause.getMessage();
    }

    public Ledger ledger() {
        return ledger;
    }

    public Sweeper sweeper() {
        return sweeper;
    }

    @Override
    public void close() throws Exception {
        database.close();
    }
}
