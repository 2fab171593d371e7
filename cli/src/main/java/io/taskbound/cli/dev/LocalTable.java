// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.dev;

import io.taskbound.cli.cloud.AwsFault;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.ledger.LedgerTable;
import io.taskbound.local.HttpDynamo;
import java.net.URI;

/**
 * DynamoDB Local over HTTP with the issuer's table. Apart from its command, which a released jar has without the parts.
 */
final class LocalTable implements AutoCloseable {
    private final HttpDynamo dynamo;

    private static final int TRIES = 3;

    private LocalTable(HttpDynamo dynamo) {
        this.dynamo = dynamo;
    }

    static LocalTable start(int port, String name) throws Complaint {
        var local = new LocalTable(dynamo(port));
        try {
            local.create(name);
            return local;
        } catch (Complaint | RuntimeException e) {
            local.close();
            throw e;
        }
    }

    /** On a busy machine the first answer of DynamoDB Local takes longer than a client waits. */
    private void create(String name) throws Complaint {
        for (int left = TRIES; ; left--) {
            try (var client = dynamo.client()) {
                LedgerTable.create(client, name);
                return;
            } catch (RuntimeException e) {
                if (left == 1) {
                    throw Complaint.refused(
                            "DynamoDB Local did not make the table " + name + ": "
                                    + AwsFault.of(e).what() + ".",
                            "Try again when this machine is less busy; nothing was left running.");
                }
            }
        }
    }

    private static HttpDynamo dynamo(int port) throws Complaint {
        try {
            return HttpDynamo.start(port);
        } catch (IllegalStateException taken) {
            throw Complaint.refused(
                    "Port " + port + " on 127.0.0.1 cannot be used: it is in use, or you may not use it.",
                    "Choose another with --port, or --port 0 for a free one.");
        }
    }

    URI endpoint() {
        return dynamo.endpoint();
    }

    @Override
    public void close() {
        dynamo.close();
    }
}
