// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * DynamoDB and KMS as far as a {@link WarmUp} and a {@link Rehearsal} need them: answers in this process. Everything
 * above the network is the real thing. Safe for use by many threads.
 */
final class StubAws implements SdkHttpClient {
    private final StubTable table;
    private final StubKey key;

    StubAws(StubTable table, StubKey key) {
        this.table = table;
        this.key = key;
    }

    /** What a service answers. */
    record Answer(int status, String json) {
        static Answer of(int status, JsonObject body) {
            return new Answer(status, JsonText.of(body));
        }

        byte[] body() {
            return json.getBytes(StandardCharsets.UTF_8);
        }
    }

    StubTable table() {
        return table;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                return response(answer(request));
            }

            @Override
            public void abort() {
                // nothing is under way
            }
        };
    }

    private Answer answer(HttpExecuteRequest request) throws IOException {
        try (var stream = request.contentStreamProvider().orElseThrow().newStream()) {
            var operation =
                    request.httpRequest().firstMatchingHeader("X-Amz-Target").orElse("");
            return answer(operation, stream.readAllBytes());
        }
    }

    /**
     * @param target the request's {@code X-Amz-Target}
     * @throws IOException when it is not part of a warm-up
     */
    Answer answer(String target, byte[] body) throws IOException {
        try {
            return answer(target.substring(target.indexOf('.') + 1), StrictJson.parseObject(body));
        } catch (MalformedJson | GeneralSecurityException unexpected) {
            throw new IOException(unexpected);
        }
    }

    private Answer answer(String operation, JsonObject request) throws GeneralSecurityException {
        return switch (operation) {
            case "PutItem" -> table.put(request);
            case "UpdateItem" -> table.update(request);
            case "BatchGetItem" -> table.get(request);
            case "Query" -> table.query(request);
            case "DescribeTimeToLive" -> Answer.of(200, timeToLive());
            case "GetPublicKey" -> Answer.of(200, publicKey());
            case "Sign" -> Answer.of(200, signature(request));
            case "Encrypt" -> renamed(request, "Plaintext", "CiphertextBlob");
            case "Decrypt" -> renamed(request, "CiphertextBlob", "Plaintext");
            default -> throw new GeneralSecurityException("not part of the warm-up: " + operation);
        };
    }

    private static JsonObject timeToLive() {
        var description = JsonObject.builder()
                .put("AttributeName", "ttl")
                .put("TimeToLiveStatus", "ENABLED")
                .build();
        return JsonObject.builder().put("TimeToLiveDescription", description).build();
    }

    private JsonObject publicKey() {
        return JsonObject.builder()
                .put("KeyId", "rehearsal")
                .put("KeySpec", "ECC_NIST_P256")
                .put("KeyUsage", "SIGN_VERIFY")
                .put("PublicKey", key.publicKey())
                .build();
    }

    private JsonObject signature(JsonObject request) throws GeneralSecurityException {
        return JsonObject.builder()
                .put("KeyId", request.string("KeyId").orElse(""))
                .put("SigningAlgorithm", "ECDSA_SHA_256")
                .put("Signature", key.signing().sign(request.string("Message").orElse("")))
                .build();
    }

    /** It seals nothing: what it is given is worth nothing. */
    private static Answer renamed(JsonObject request, String given, String returned) {
        return Answer.of(
                200,
                JsonObject.builder()
                        .put(returned, request.string(given).orElse(""))
                        .build());
    }

    private static HttpExecuteResponse response(Answer answer) {
        var body = answer.body();
        return HttpExecuteResponse.builder()
                .response(SdkHttpResponse.builder()
                        .statusCode(answer.status())
                        .putHeader("Content-Type", "application/x-amz-json-1.0")
                        .putHeader("Content-Length", Integer.toString(body.length))
                        .build())
                .responseBody(AbortableInputStream.create(new ByteArrayInputStream(body)))
                .build();
    }

    @Override
    public void close() {
        // holds nothing open
    }
}
