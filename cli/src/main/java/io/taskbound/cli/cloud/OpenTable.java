// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.cloud;

import io.taskbound.cli.terminal.Complaint;
import io.taskbound.ledger.LedgerTable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/** The issuer's table, known to be there, and a client for it. Made by {@link TableOptions#open}. */
public final class OpenTable implements AutoCloseable {
    private static final String KEY = "pk sk";

    private final String name;
    private final Cloud cloud;
    private final DynamoDbClient client;

    private OpenTable(String name, Cloud cloud, DynamoDbClient client) {
        this.name = name;
        this.cloud = cloud;
        this.client = client;
    }

    static OpenTable open(String name, Cloud cloud, boolean create) throws Complaint {
        var table = new OpenTable(name, cloud, cloud.dynamo());
        try {
            if (create) {
                LedgerTable.create(table.client, name);
            }
            table.look();
            return table;
        } catch (SdkException e) {
            table.close();
            throw table.unreadable(e);
        } catch (Complaint e) {
            table.close();
            throw e;
        }
    }

    public String name() {
        return name;
    }

    public DynamoDbClient client() {
        return client;
    }

    public Cloud cloud() {
        return cloud;
    }

    private void look() throws Complaint {
        try {
            var table = client.describeTable(request -> request.tableName(name)).table();
            if (table == null) {
                throw Complaint.refused(
                        "What answers at the endpoint is not DynamoDB.", "Check --endpoint-url and its port.");
            }
            var key = table.keySchema().stream()
                    .map(element -> element.attributeName())
                    .toList();
            if (!String.join(" ", key).equals(KEY)) {
                throw Complaint.refused(
                        "The table " + name + " does not belong to an issuer: its key is " + key + ".",
                        "Name the table of the issuer's stack.");
            }
        } catch (ResourceNotFoundException absent) {
            throw missing();
        } catch (DynamoDbException refused) {
            // Whoever may read the items need not be allowed to describe the table; the first read will tell.
            if (!"AccessDeniedException".equals(refused.awsErrorDetails().errorCode())) {
                throw refused;
            }
        }
    }

    private Complaint missing() {
        return Complaint.refused(
                "The table " + name + " cannot be read: no such table in this region or at this endpoint.",
                cloud.isLoopback()
                        ? "Check its name and the endpoint; `taskbound policy push` and `serve` make one with"
                                + " --create-table."
                        : "Check its name and the region; if it does not exist yet, deploy infra/template.yaml.");
    }

    private Complaint unreadable(SdkException unreachable) {
        var fault = AwsFault.of(unreachable);
        return Complaint.refused(
                "The table " + name + " cannot be read: " + fault.what() + ".",
                fault.remedy("Check its name, the region, and that your AWS credentials may read it."));
    }

    @Override
    public void close() {
        client.close();
    }
}
