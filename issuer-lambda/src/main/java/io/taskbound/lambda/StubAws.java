// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * DynamoDB and KMS as far as a {@link WarmUp} needs them: answers in this process. Everything above the network is the
 * real thing.
 */
final class StubAws implements SdkHttpClient {
    private final String table;
    private final StubKey key;
    private JsonObject item = JsonObject.EMPTY;

    StubAws(String table, StubKey key) {
        this.table = table;
        this.key = key;
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

    private JsonObject answer(HttpExecuteRequest request) throws IOException {
        try (var stream = request.contentStreamProvider().orElseThrow().newStream()) {
            var operation =
                    request.httpRequest().firstMatchingHeader("X-Amz-Target").orElse("");
            return answer(operation.substring(operation.indexOf('.') + 1), stream.readAllBytes());
        } catch (MalformedJson | GeneralSecurityException unexpected) {
            throw new IOException(unexpected);
        }
    }

    private JsonObject answer(String operation, byte[] body) throws MalformedJson, GeneralSecurityException {
        var request = StrictJson.parseObject(body);
        return switch (operation) {
            case "PutItem" -> {
                item = request.object("Item").orElse(JsonObject.EMPTY);
                yield JsonObject.EMPTY;
            }
            case "UpdateItem" -> JsonObject.builder().put("Attributes", item).build();
            case "BatchGetItem" -> found(new String(body, StandardCharsets.UTF_8).contains("\"T#"));
            case "Query" -> JsonObject.builder().put("Items", JsonArray.EMPTY).build();
            case "GetPublicKey" -> publicKey();
            case "Sign" -> signature(request);
            default -> throw new GeneralSecurityException("not part of the warm-up: " + operation);
        };
    }

    private JsonObject found(boolean token) {
        var items = token ? new JsonArray(List.of(item)) : JsonArray.EMPTY;
        return JsonObject.builder()
                .put("Responses", JsonObject.builder().put(table, items).build())
                .put("UnprocessedKeys", JsonObject.EMPTY)
                .build();
    }

    private JsonObject publicKey() {
        return JsonObject.builder()
                .put("KeySpec", "ECC_NIST_P256")
                .put("KeyUsage", "SIGN_VERIFY")
                .put("PublicKey", key.publicKey())
                .build();
    }

    private JsonObject signature(JsonObject request) throws GeneralSecurityException {
        return JsonObject.builder()
                .put("Signature", key.signing().sign(request.string("Message").orElse("")))
                .build();
    }

    private static HttpExecuteResponse response(JsonObject answer) {
        var octets = JsonText.of(answer).getBytes(StandardCharsets.UTF_8);
        return HttpExecuteResponse.builder()
                .response(SdkHttpResponse.builder()
                        .statusCode(200)
                        .putHeader("Content-Type", "application/x-amz-json-1.0")
                        .putHeader("Content-Length", Integer.toString(octets.length))
                        .build())
                .responseBody(AbortableInputStream.create(new ByteArrayInputStream(octets)))
                .build();
    }

    @Override
    public void close() {
        // holds nothing open
    }
}
