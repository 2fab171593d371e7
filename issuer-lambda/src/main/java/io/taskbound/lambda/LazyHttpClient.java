// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import java.util.function.Supplier;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * An HTTP client that can be handed out before it is made: clients of services are built, and their first requests
 * written, while another thread reads the certificates of all authorities. Closing it does nothing; its maker closes
 * what it made.
 */
record LazyHttpClient(String clientName, Supplier<SdkHttpClient> made) implements SdkHttpClient {
    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return made.get().prepareRequest(request);
    }

    @Override
    public void close() {
        // not ours
    }
}
