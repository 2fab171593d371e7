// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import io.taskbound.ledger.LazyClient;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.TlsTrustManagersProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;

/**
 * What all clients of a function reach AWS with: the connections, and where the credentials are. A second set costs a
 * cold start time. Connections are made when first needed, and can be dropped and made again; the credentials' place
 * holds nothing.
 */
final class AwsHttp {
    /** The clients have limits of their own for each attempt and call. */
    private static final Duration CONNECTING = Duration.ofSeconds(1);

    private static final Duration SILENCE = Duration.ofMillis(1_200);
    private static final int CONNECTIONS = 64;

    /** What the client calls itself to AWS. */
    private static final String NAME = "Apache5";

    private final boolean inEnvironment;
    private final LazyClient<SdkHttpClient> connections;

    /** @param environment the process's, by which it is told where its credentials are */
    AwsHttp(Map<String, String> environment) {
        this(environment, Optional.empty());
    }

    /** @param trusted whom to trust; if absent, the authorities that the JDK knows */
    AwsHttp(Map<String, String> environment, Optional<TlsTrustManagersProvider> trusted) {
        this.connections = new LazyClient<>(() -> connections(trusted));
        this.inEnvironment = environment.containsKey("AWS_ACCESS_KEY_ID");
    }

    /**
     * Where they are what the SDK would find first anyway: to look for them costs a cold start 60 classes. Otherwise,
     * as around a snapshot, each client looks for itself and forgets them when it is closed.
     */
    Optional<AwsCredentialsProvider> credentials() {
        return inEnvironment ? Optional.of(EnvironmentVariableCredentialsProvider.create()) : Optional.empty();
    }

    /** For clients to be built with; made at the first request, or by {@link #prepare}. */
    SdkHttpClient client() {
        return new LazyHttpClient(NAME, connections::get);
    }

    /** Makes it now, which takes a cold start some 60 ms, most of it the certificates. Nothing is connected. */
    void prepare() {
        connections.get();
    }

    private static SdkHttpClient connections(Optional<TlsTrustManagersProvider> trusted) {
        var client = Apache5HttpClient.builder()
                .connectionTimeout(CONNECTING)
                .connectionAcquisitionTimeout(CONNECTING)
                .socketTimeout(SILENCE)
                .maxConnections(CONNECTIONS);
        trusted.ifPresent(client::tlsTrustManagersProvider);
        return client.build();
    }

    /** After the clients that use it. */
    void drop() {
        connections.drop();
    }
}
