// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.demo.theft;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/** Sends requests from the processes of the story. */
final class Sender {
    /** Instead of a status: nobody listens there. */
    static final int NOBODY = 0;

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** The status of the answer. */
    int send(String method, String url, Map<String, String> headers) throws InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(url))
                .timeout(PATIENCE)
                .method(method, BodyPublishers.ofString("the digest of an artifact"));
        headers.forEach(request::header);
        try {
            return http.send(request.build(), BodyHandlers.discarding()).statusCode();
        } catch (IOException nobody) {
            return NOBODY;
        }
    }
}
