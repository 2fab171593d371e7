// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench;

import java.util.List;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** What is measured over DynamoDB, each with the requests that it needs, as docs/ledger.md lists them. */
public enum Verb {
    MINT,
    REDEEM,
    RENEW,
    INTROSPECT,
    /** Without KMS, and with a foreign service that answers at once: what the issuer itself adds to its requests. */
    CREDENTIAL;

    private List<Class<? extends DynamoDbRequest>> needed() {
        return switch (this) {
            // the record, which is the replay check; then whether run or caller were shut out meanwhile
            case MINT -> List.of(PutItemRequest.class, BatchGetItemRequest.class);
            // the record and the deny list; then the use is counted
            case REDEEM -> List.of(BatchGetItemRequest.class, UpdateItemRequest.class);
            // the same; then the lease's deadline moves
            case RENEW -> List.of(BatchGetItemRequest.class, UpdateItemRequest.class);
            // the record and the deny list
            case INTROSPECT -> List.of(BatchGetItemRequest.class);
            // the token and its credential; the use; before the service is asked, and after; and once more whether the
            // token is alive
            case CREDENTIAL ->
                List.of(
                        BatchGetItemRequest.class,
                        UpdateItemRequest.class,
                        PutItemRequest.class,
                        PutItemRequest.class,
                        BatchGetItemRequest.class);
        };
    }

    /** The requests, when they are those that the verb needs: an issuer that asks more is not to be its own measure. */
    List<DynamoDbRequest> checked(List<DynamoDbRequest> requests) {
        var made = requests.stream().map(DynamoDbRequest::getClass).toList();
        if (!made.equals(needed())) {
            throw new IllegalStateException(this + " needs " + needed() + " and made " + made);
        }
        return requests;
    }
}
