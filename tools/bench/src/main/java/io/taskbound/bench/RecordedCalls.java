// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench;

import io.taskbound.http.HttpRequest;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;

/**
 * A request to the issuer that was made once, so that it is known what it asks of DynamoDB.
 *
 * @param calls what it asks, in order
 * @param undo takes the table back to before, so that the same can be done again; empty where nothing changes
 */
record RecordedCalls(HttpRequest request, List<DynamoDbRequest> calls, List<DynamoDbRequest> undo) {
    RecordedCalls {
        calls = List.copyOf(calls);
        undo = List.copyOf(undo);
    }
}
