// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * Collects puts and writes them 25 at a time, without their conditions: for tests that need many items and do not care
 * how they came. Closing it writes the rest; the client beneath stays open.
 */
public final class BatchedPuts implements DynamoDbClient {
    /** What BatchWriteItem takes at once. */
    private static final int LARGEST_BATCH = 25;

    private final DynamoDbClient client;
    private final String table;
    private final List<WriteRequest> waiting = new ArrayList<>();

    public BatchedPuts(DynamoDbClient client, String table) {
        this.client = client;
        this.table = table;
    }

    @Override
    public PutItemResponse putItem(PutItemRequest put) {
        var item = PutRequest.builder().item(put.item()).build();
        waiting.add(WriteRequest.builder().putRequest(item).build());
        if (waiting.size() == LARGEST_BATCH) {
            write();
        }
        return PutItemResponse.builder().build();
    }

    private void write() {
        var open = List.copyOf(waiting);
        waiting.clear();
        while (!open.isEmpty()) {
            var some = Map.of(table, open);
            var left = client.batchWriteItem(batch -> batch.requestItems(some));
            open = left.unprocessedItems().getOrDefault(table, List.of());
        }
    }

    @Override
    public String serviceName() {
        return client.serviceName();
    }

    @Override
    public void close() {
        write();
    }
}
