// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;

/**
 * Clients with bounded waits: 1 s to connect, 1 s per attempt, three attempts, 3 s in all. The SDK's own defaults
 * outlast a Lambda.
 */
public final class DynamoClients {
    private static final int ATTEMPTS = 3;
    private static final Duration ATTEMPT = Duration.ofSeconds(1);
    private static final Duration CALL = Duration.ofSeconds(3);
    private static final int CONNECTIONS = 64;

    private DynamoClients() {}

    /** Region and credentials as the SDK finds them. */
    public static DynamoDbClient ofEnvironment() {
        return bounded().build();
    }

    /** A given endpoint, such as DynamoDB Local's. */
    public static DynamoDbClient at(URI endpoint, AwsCredentialsProvider credentials) {
        return at(endpoint, credentials, bounded());
    }

    /** A given region and credentials; without an endpoint, the region's own. */
    public static DynamoDbClient at(Optional<URI> endpoint, Region region, AwsCredentialsProvider credentials) {
        var builder = bounded();
        endpoint.ifPresent(builder::endpointOverride);
        return builder.region(region).credentialsProvider(credentials).build();
    }

    static DynamoDbClient at(URI endpoint, AwsCredentialsProvider credentials, DynamoDbClientBuilder builder) {
        return builder.endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(credentials)
                .build();
    }

    static DynamoDbClientBuilder bounded() {
        return DynamoDbClient.builder()
                .overrideConfiguration(limits().build())
                .httpClientBuilder(Apache5HttpClient.builder()
                        .connectionTimeout(ATTEMPT)
                        .socketTimeout(ATTEMPT)
                        .connectionAcquisitionTimeout(ATTEMPT)
                        .maxConnections(CONNECTIONS));
    }

    static ClientOverrideConfiguration.Builder limits() {
        return ClientOverrideConfiguration.builder()
                .apiCallTimeout(CALL)
                .apiCallAttemptTimeout(ATTEMPT)
                .scheduledExecutorService(CallTimer.ofProcess())
                .retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                        .maxAttempts(ATTEMPTS)
                        .build());
    }
}
