// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;

/** A wire to the table that fails as it is told to, request by request, and remembers what went over it. */
final class FaultyHttp implements SdkHttpClient {
    /** What becomes of one request. */
    interface Fate {
        HttpExecuteResponse meet(Wire wire) throws IOException;
    }

    /** One request and the way to the table. */
    record Wire(SdkHttpClient http, HttpExecuteRequest request) {
        HttpExecuteResponse send() throws IOException {
            return http.prepareRequest(request).call();
        }

        String body() throws IOException {
            try (var stream = request.contentStreamProvider().orElseThrow().newStream()) {
                return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
    }

    static final Fate PASS = Wire::send;
    static final Fate NO_CONNECTION = wire -> {
        throw new IOException("connection refused");
    };
    static final Fate LOST_ANSWER = lostAnswerThen(() -> {});
    static final Fate THROTTLED = wire -> answer(
            400,
            "{\"__type\":\"com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException\",\"message\":\"slow\"}");
    static final Fate BROKEN =
            wire -> answer(500, "{\"__type\":\"com.amazonaws.dynamodb.v20120810#InternalServerError\"}");
    static final Fate DENIED = wire ->
            answer(400, "{\"__type\":\"com.amazon.coral.service#AccessDeniedException\",\"message\":\"repo:acme\"}");
    static final Fate SILENT = wire -> {
        try {
            Thread.sleep(60_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("aborted", e);
        }
        throw new IOException("nobody waits that long");
    };
    /** The batch get is answered with nothing but keys to ask for again. */
    static final Fate UNPROCESSED = wire -> {
        try {
            var wanted = StrictJson.parseObject(wire.body().getBytes(StandardCharsets.UTF_8))
                    .object("RequestItems")
                    .orElseThrow();
            return answer(
                    200,
                    JsonText.of(JsonObject.builder()
                            .put("Responses", JsonObject.EMPTY)
                            .put("UnprocessedKeys", wanted)
                            .build()));
        } catch (MalformedJson e) {
            throw new IOException(e);
        }
    };

    private final SdkHttpClient http;
    private final Deque<Fate> fates = new ArrayDeque<>();
    private final List<String> operations = new ArrayList<>();
    private Fate last = PASS;

    FaultyHttp(SdkHttpClient http) {
        this.http = http;
    }

    /** The write takes place, something else happens, and nobody hears of the write. */
    static Fate lostAnswerThen(Runnable meanwhile) {
        return wire -> {
            var response = wire.send();
            response.responseBody().ifPresent(AbortableInputStream::abort);
            meanwhile.run();
            throw new IOException("connection reset");
        };
    }

    private static HttpExecuteResponse answer(int status, String body) {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        return HttpExecuteResponse.builder()
                .response(SdkHttpResponse.builder()
                        .statusCode(status)
                        .putHeader("Content-Type", "application/x-amz-json-1.0")
                        .build())
                .responseBody(AbortableInputStream.create(new ByteArrayInputStream(bytes)))
                .build();
    }

    /** The next requests meet these fates, in this order; those after them pass. */
    synchronized void next(Fate... coming) {
        fates.clear();
        fates.addAll(Arrays.asList(coming));
        last = PASS;
        operations.clear();
    }

    /** Every request meets this fate. */
    synchronized void always(Fate fate) {
        next();
        last = fate;
    }

    /** The names of the requests since the last call of {@link #next} or {@link #always}, repetitions included. */
    synchronized List<String> operations() {
        return List.copyOf(operations);
    }

    private synchronized Fate drawn(HttpExecuteRequest request) {
        var target = request.httpRequest().firstMatchingHeader("X-Amz-Target").orElse("?");
        operations.add(target.substring(target.indexOf('.') + 1));
        return fates.isEmpty() ? last : fates.remove();
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                return drawn(request).meet(new Wire(http, request));
            }

            @Override
            public void abort() {}
        };
    }

    @Override
    public void close() {
        http.close();
    }
}
