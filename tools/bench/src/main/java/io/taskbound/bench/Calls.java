// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** Makes a request that was kept. */
final class Calls {
    private Calls() {}

    static DynamoDbResponse make(DynamoDbClient client, DynamoDbRequest request) {
        if (request instanceof BatchGetItemRequest get) {
            return client.batchGetItem(get);
        }
        if (request instanceof UpdateItemRequest update) {
            return client.updateItem(update);
        }
        if (request instanceof PutItemRequest put) {
            return client.putItem(put);
        }
        return client.deleteItem((DeleteItemRequest) request);
    }
}
