// SPDX-License-Identifier: Apache-2.0
package io.taskbound.sts;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.StsClientBuilder;

/**
 * Clients of AWS STS with bounded waits: 2 s per attempt, three attempts, 8 s in all. To ask again is safe: an answer
 * that was lost names a session that nobody has, and that ends at the same time.
 */
public final class StsClients {
    private static final int ATTEMPTS = 3;
    private static final Duration ATTEMPT = Duration.ofSeconds(2);
    private static final Duration CALL = Duration.ofSeconds(8);

    private StsClients() {}

    /** With connections of its own, which it closes itself; else as the other one. */
    public static StsClient ofEnvironment(ScheduledExecutorService timer) {
        return StsClient.builder()
                .overrideConfiguration(limits(timer))
                .httpClientBuilder(Apache5HttpClient.builder()
                        .connectionTimeout(ATTEMPT)
                        .socketTimeout(ATTEMPT)
                        .connectionAcquisitionTimeout(ATTEMPT))
                .build();
    }

    /**
     * Region, endpoint ({@code AWS_ENDPOINT_URL_STS}, {@code AWS_ENDPOINT_URL}) and, where none are given, credentials
     * as the SDK finds them.
     *
     * @param transport of the caller's, who closes it after the client
     * @param timer ends what takes too long; of the caller's
     */
    public static StsClient ofEnvironment(
            Optional<AwsCredentialsProvider> credentials, SdkHttpClient transport, ScheduledExecutorService timer) {
        var client = bounded(transport, timer);
        credentials.ifPresent(client::credentialsProvider);
        return client.build();
    }

    /** The same limits at a given endpoint. */
    static StsClient at(
            URI endpoint, AwsCredentialsProvider credentials, SdkHttpClient transport, ScheduledExecutorService timer) {
        return bounded(transport, timer)
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(credentials)
                .build();
    }

    private static StsClientBuilder bounded(SdkHttpClient transport, ScheduledExecutorService timer) {
        return StsClient.builder().overrideConfiguration(limits(timer)).httpClient(transport);
    }

    private static ClientOverrideConfiguration limits(ScheduledExecutorService timer) {
        return ClientOverrideConfiguration.builder()
                .apiCallTimeout(CALL)
                .apiCallAttemptTimeout(ATTEMPT)
                .scheduledExecutorService(timer)
                .retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                        .maxAttempts(ATTEMPTS)
                        .build())
                .build();
    }
}
