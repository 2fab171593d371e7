// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.http.HttpRequest;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import org.junit.jupiter.api.Test;

/** Events of payload format 1.0, as a private REST API sends them. */
class PrivateApiEventTest {
    private static byte[] event(String method, String path) {
        var context = JsonObject.builder()
                .put("requestId", "c6af9ac6-7b61-11e6-9a41-93e8deadbeef")
                .put("stage", "issuer")
                .put("path", "/issuer" + path)
                .put("httpMethod", method);
        var headers = JsonObject.builder()
                .put("Content-Type", "application/x-www-form-urlencoded")
                .put("Accept-Encoding", "gzip")
                .put("Authorization", "Basic eDp5");
        return JsonText.of(JsonObject.builder()
                        .put("resource", "/{path+}")
                        .put("path", path)
                        .put("httpMethod", method)
                        .put("headers", headers.build())
                        .put("requestContext", context.build())
                        .put("body", "token=a%2Bb")
                        .put("isBase64Encoded", false)
                        .build())
                .getBytes(UTF_8);
    }

    @Test
    void isTheSameRequestAsThatOfAPublicApi() {
        var request = read(event("POST", "/introspect"));
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/introspect");
        assertThat(request.body()).asString(UTF_8).isEqualTo("token=a%2Bb");
        assertThat(request.header("authorization")).contains("Basic eDp5");
        assertThat(request.requestId()).contains("c6af9ac6-7b61-11e6-9a41-93e8deadbeef");
    }

    /** A REST API would hand a packed answer on as base64. */
    @Test
    void neverAsksForAnAnswerThatIsPacked() {
        assertThat(read(event("GET", "/status/498730.0")).header("accept-encoding"))
                .isEmpty();
    }

    @Test
    void aPathThatIsCalledAsTheStageStaysThePath() {
        assertThat(read(event("GET", "/issuer")).path()).isEqualTo("/issuer");
    }

    @Test
    void withoutAMethodItIsARequestThatEveryPathRefuses() {
        assertThat(read("{\"path\":\"/token\"}".getBytes(UTF_8)).method()).isEmpty();
    }

    private static HttpRequest read(byte[] event) {
        return LambdaEvent.parse(event).flatMap(LambdaEvent::read).orElseThrow();
    }
}
