// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench;

import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/** Asks DynamoDB what each request has cost, and adds it up: request units, the indexes' included. */
final class UnitMeter implements ExecutionInterceptor {
    private double reads;
    private double writes;

    /** Request units since the last call of this method. */
    synchronized Units take() {
        var taken = new Units(reads, writes);
        reads = 0;
        writes = 0;
        return taken;
    }

    @Override
    public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
        var all = ReturnConsumedCapacity.TOTAL;
        var request = context.request();
        if (request instanceof PutItemRequest put) {
            return put.toBuilder().returnConsumedCapacity(all).build();
        }
        if (request instanceof UpdateItemRequest update) {
            return update.toBuilder().returnConsumedCapacity(all).build();
        }
        if (request instanceof BatchGetItemRequest get) {
            return get.toBuilder().returnConsumedCapacity(all).build();
        }
        if (request instanceof QueryRequest query) {
            return query.toBuilder().returnConsumedCapacity(all).build();
        }
        throw new IllegalStateException(
                "not metered: " + request.getClass().getSimpleName() + "; teach UnitMeter its price");
    }

    @Override
    public synchronized void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
        var response = context.response();
        if (response instanceof PutItemResponse || response instanceof UpdateItemResponse) {
            writes += units(response);
        } else if (context.request() instanceof BatchGetItemRequest get) {
            reads += Math.max(units(response), keys(get));
        } else {
            reads += Math.max(units(response), least((QueryRequest) context.request()));
        }
    }

    /** The service charges a read for an item that is not there; DynamoDB Local does not. */
    private static double keys(BatchGetItemRequest get) {
        return get.requestItems().values().stream()
                .mapToInt(table -> table.keys().size())
                .sum();
    }

    /** The service charges for a query that finds nothing; DynamoDB Local does not. */
    private static double least(QueryRequest query) {
        return Boolean.TRUE.equals(query.consistentRead()) ? 1 : 0.5;
    }

    private static double units(SdkResponse response) {
        return capacity(response).mapToDouble(ConsumedCapacity::capacityUnits).sum();
    }

    private static Stream<ConsumedCapacity> capacity(SdkResponse response) {
        if (response instanceof PutItemResponse put) {
            return Stream.of(put.consumedCapacity());
        }
        if (response instanceof UpdateItemResponse update) {
            return Stream.of(update.consumedCapacity());
        }
        if (response instanceof QueryResponse query) {
            return Stream.of(query.consumedCapacity());
        }
        List<ConsumedCapacity> tables = ((BatchGetItemResponse) response).consumedCapacity();
        return tables.stream();
    }
}
