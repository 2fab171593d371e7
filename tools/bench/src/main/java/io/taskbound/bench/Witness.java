// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/** Remembers what the ledger asks of DynamoDB, so that the very same requests can be made without the issuer. */
final class Witness implements DynamoDbClient {
    private final DynamoDbClient client;
    private final List<DynamoDbRequest> seen = new ArrayList<>();

    Witness(DynamoDbClient client) {
        this.client = client;
    }

    /** What was asked since the last call of this method, in order. */
    synchronized List<DynamoDbRequest> take() {
        var taken = List.copyOf(seen);
        seen.clear();
        return taken;
    }

    private synchronized <T extends DynamoDbRequest> T see(T request) {
        seen.add(request);
        return request;
    }

    @Override
    public PutItemResponse putItem(PutItemRequest request) {
        return client.putItem(see(request));
    }

    @Override
    public UpdateItemResponse updateItem(UpdateItemRequest request) {
        return client.updateItem(see(request));
    }

    @Override
    public BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
        return client.batchGetItem(see(request));
    }

    @Override
    public String serviceName() {
        return client.serviceName();
    }

    @Override
    public void close() {
        client.close();
    }
}
