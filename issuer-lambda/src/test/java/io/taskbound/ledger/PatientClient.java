// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import io.taskbound.local.HttpDynamo;
import java.time.Duration;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The client of production, retries included, for a machine that does other things, too: its time-outs are long, so that
 * a test fails for what it tests.
 */
final class PatientClient {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int CONNECTIONS = 64;

    private PatientClient() {}

    static DynamoDbClient of(HttpDynamo dynamo) {
        return over(
                dynamo,
                Apache5HttpClient.builder()
                        .connectionTimeout(PATIENCE)
                        .socketTimeout(PATIENCE)
                        .connectionAcquisitionTimeout(PATIENCE)
                        .maxConnections(CONNECTIONS)
                        .build());
    }

    static DynamoDbClient over(HttpDynamo dynamo, SdkHttpClient http) {
        return client(
                dynamo, http, DynamoClients.limits().apiCallTimeout(PATIENCE).apiCallAttemptTimeout(PATIENCE));
    }

    /** As impatient as in production. */
    static DynamoDbClient impatient(HttpDynamo dynamo, SdkHttpClient http) {
        return client(dynamo, http, DynamoClients.limits());
    }

    private static DynamoDbClient client(
            HttpDynamo dynamo, SdkHttpClient http, ClientOverrideConfiguration.Builder limits) {
        var builder =
                DynamoDbClient.builder().overrideConfiguration(limits.build()).httpClient(http);
        return DynamoClients.at(dynamo.endpoint(), dynamo.credentials(), builder);
    }
}
