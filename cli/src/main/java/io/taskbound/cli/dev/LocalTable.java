// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.dev;

import io.taskbound.cli.terminal.Complaint;
import io.taskbound.ledger.LedgerTable;
import io.taskbound.local.HttpDynamo;
import java.net.URI;

/**
 * DynamoDB Local over HTTP with the issuer's table. Apart from its command, which a released jar has without the parts.
 */
final class LocalTable implements AutoCloseable {
    private final HttpDynamo dynamo;

    private LocalTable(HttpDynamo dynamo) {
        this.dynamo = dynamo;
    }

    static LocalTable start(int port, String name) throws Complaint {
        var local = new LocalTable(dynamo(port));
        try (var client = local.dynamo.client()) {
            LedgerTable.create(client, name);
        }
        return local;
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
