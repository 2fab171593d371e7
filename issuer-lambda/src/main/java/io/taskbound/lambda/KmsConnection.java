// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import io.taskbound.ledger.CallTimer;
import io.taskbound.ledger.LazyClient;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;

/** What reaches KMS, over a {@link LazyClient}. */
final class KmsConnection {
    private static final Duration CALL = Duration.ofSeconds(3);
    private static final Duration ATTEMPT = Duration.ofMillis(1_200);
    private final LazyClient<KmsClient> client;

    private KmsConnection(Supplier<KmsClient> maker) {
        this.client = new LazyClient<>(maker);
    }

    /** Region, credentials and endpoint as the SDK finds them; connects to nothing yet. */
    static KmsConnection ofEnvironment() {
        return ofEnvironment(new AwsHttp(Map.of()));
    }

    /**
     * The same over connections that others use too. Bounded, so that a signer outage is an answer of 503 and not a
     * function that runs into its time-out.
     */
    static KmsConnection ofEnvironment(AwsHttp transport) {
        return new KmsConnection(() -> {
            var client = KmsClient.builder()
                    .overrideConfiguration(bounds -> bounds.apiCallTimeout(CALL)
                            .apiCallAttemptTimeout(ATTEMPT)
                            .scheduledExecutorService(CallTimer.ofProcess()))
                    .httpClient(transport.client());
            transport.credentials().ifPresent(client::credentialsProvider);
            return client.build();
        });
    }

    /** With the limits of {@link #ofEnvironment}, over a transport of the caller's that leads nowhere. */
    static KmsConnection over(SdkHttpClient transport, Supplier<AwsCredentialsProvider> nobody) {
        return new KmsConnection(() -> KmsClient.builder()
                .overrideConfiguration(bounds -> bounds.apiCallTimeout(CALL)
                        .apiCallAttemptTimeout(ATTEMPT)
                        .scheduledExecutorService(CallTimer.ofProcess()))
                .httpClient(transport)
                .region(Region.US_EAST_1)
                .credentialsProvider(nobody.get())
                .build());
    }

    /** Over a transport of the caller's that answers at once, with credentials that open nothing. */
    static KmsConnection over(SdkHttpClient transport) {
        var nobody = StaticCredentialsProvider.create(AwsBasicCredentials.create("nobody", "nothing"));
        return new KmsConnection(() -> KmsClient.builder()
                .httpClient(transport)
                .region(Region.US_EAST_1)
                .credentialsProvider(nobody)
                .build());
    }

    KmsClient client() {
        return client.get();
    }

    void drop() {
        client.drop();
    }
}
