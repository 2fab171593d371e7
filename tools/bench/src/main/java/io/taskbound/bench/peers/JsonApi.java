// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench.peers;

import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** An API that speaks JSON, on loopback: for setting a server up, not for measuring it. */
final class JsonApi {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String root;

    JsonApi(int port) {
        this.root = "http://127.0.0.1:" + port;
    }

    /** Whether it answers this with 200. */
    boolean isWell(String path) throws IOException {
        try {
            return send(request(path).GET().build()).statusCode() == 200;
        } catch (IOException notYetListening) {
            return false;
        }
    }

    /**
     * @param token as {@code X-Vault-Token}; none when empty
     * @throws IOException with the answer, when it is no success
     */
    JsonObject post(String path, String token, JsonObject body) throws IOException {
        var request = request(path).POST(HttpRequest.BodyPublishers.ofString(JsonText.of(body)));
        if (!token.isEmpty()) {
            request.header("X-Vault-Token", token);
        }
        var answer = send(request.build());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(path + " answers " + answer.statusCode() + " " + answer.body());
        }
        try {
            return answer.body().isBlank()
                    ? JsonObject.EMPTY
                    : StrictJson.parseObject(answer.body().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        } catch (MalformedJson notJson) {
            throw new IOException(path + " answers no JSON", notJson);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(root + path)).timeout(PATIENCE);
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopped);
        }
    }
}
