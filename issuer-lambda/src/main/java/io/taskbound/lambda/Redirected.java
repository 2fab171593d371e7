// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import java.net.URI;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * Sends to one place whatever it is given, wherever that is addressed to: a {@link Rehearsal} signs requests to the
 * services' real names, and none of them leaves the process.
 */
record Redirected(SdkHttpClient client, URI place) implements SdkHttpClient {
    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        var there = request.httpRequest().toBuilder()
                .protocol(place.getScheme())
                .host(place.getHost())
                .port(place.getPort())
                .build();
        return client.prepareRequest(HttpExecuteRequest.builder()
                .request(there)
                .contentStreamProvider(request.contentStreamProvider().orElse(null))
                .metricCollector(request.metricCollector().orElse(null))
                .build());
    }

    @Override
    public void close() {
        // not ours
    }
}
