// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import io.taskbound.local.HttpDynamo;
import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The client of production, retries included, for a machine that does other things, too: its time-outs are long, so
 * that a test fails for what it tests.
 */
final class PatientClient {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int CONNECTIONS = 64;

    private PatientClient() {}

    static DynamoDbClient of(HttpDynamo dynamo) {
        return at(dynamo.endpoint(), dynamo.credentials());
    }

    static DynamoDbClient at(URI endpoint, AwsCredentialsProvider credentials) {
        var http = Apache5HttpClient.builder()
                .connectionTimeout(PATIENCE)
                .socketTimeout(PATIENCE)
                .connectionAcquisitionTimeout(PATIENCE)
                .maxConnections(CONNECTIONS)
                .build();
        return client(endpoint, credentials, http, patient());
    }

    static DynamoDbClient over(HttpDynamo dynamo, SdkHttpClient http) {
        return client(dynamo.endpoint(), dynamo.credentials(), http, patient());
    }

    /** As impatient as in production. */
    static DynamoDbClient impatient(HttpDynamo dynamo, SdkHttpClient http) {
        return client(dynamo.endpoint(), dynamo.credentials(), http, DynamoClients.limits());
    }

    private static ClientOverrideConfiguration.Builder patient() {
        return DynamoClients.limits().apiCallTimeout(PATIENCE).apiCallAttemptTimeout(PATIENCE);
    }

    private static DynamoDbClient client(
            URI endpoint,
            AwsCredentialsProvider credentials,
            SdkHttpClient http,
            ClientOverrideConfiguration.Builder limits) {
        var builder =
                DynamoDbClient.builder().overrideConfiguration(limits.build()).httpClient(http);
        return DynamoClients.at(endpoint, credentials, builder);
    }
}
