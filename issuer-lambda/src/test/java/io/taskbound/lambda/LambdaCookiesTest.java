// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.http.HttpRequest;
import io.taskbound.http.HttpResponses;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.StrictJson;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Cookies and queries in both payload formats: they stand in other places in each. */
class LambdaCookiesTest {
    private static final String PUBLIC = """
            {"version":"2.0","rawPath":"/approve/callback","rawQueryString":"code=a%2Bb&state=c+d&iss=https%3A%2F%2Fi",
             "cookies":["one=1","two=2"],"headers":{"accept":"text/html"},
             "requestContext":{"http":{"method":"GET"},"requestId":"r"},"isBase64Encoded":false}""";
    private static final String PRIVATE = """
            {"path":"/approve/callback","httpMethod":"GET","headers":{"Cookie":"one=1; two=2"},
             "queryStringParameters":{"code":"last"},
             "multiValueQueryStringParameters":{"code":["a+b"],"state":["c d","e&f"]},
             "requestContext":{"requestId":"r","stage":"issuer"},"isBase64Encoded":false}""";

    private static JsonObject event(String json) {
        return LambdaEvent.parse(json.getBytes(UTF_8)).orElseThrow();
    }

    private static HttpRequest read(String json) {
        return LambdaEvent.read(event(json)).orElseThrow();
    }

    private static JsonObject answered(String json, String... cookies) throws Exception {
        return StrictJson.parseObject(LambdaEvent.write(HttpResponses.withCookies(cookies), event(json)));
    }

    @Test
    void aPublicApiHasThemInAListAndTheQueryAsItWasSent() {
        assertThat(read(PUBLIC).headers("cookie")).containsExactly("one=1", "two=2");
        assertThat(read(PUBLIC).query()).isEqualTo("code=a%2Bb&state=c+d&iss=https%3A%2F%2Fi");
    }

    @Test
    void aPrivateApiHasThemInAHeaderAndTheQueryDecoded() {
        assertThat(read(PRIVATE).headers("cookie")).containsExactly("one=1; two=2");
        assertThat(read(PRIVATE).query()).isEqualTo("code=a%2Bb&state=c+d&state=e%26f");
    }

    @Test
    void eachTakesThemInItsOwnPlace() throws Exception {
        var cookies = JsonArray.ofStrings(List.of("a=b; Path=/", "c=d; Path=/"));

        assertThat(answered(PUBLIC, "a=b; Path=/", "c=d; Path=/").array("cookies"))
                .contains(cookies);
        assertThat(answered(PUBLIC, "a=b; Path=/").has("multiValueHeaders")).isFalse();
        assertThat(answered(PRIVATE, "a=b; Path=/", "c=d; Path=/")
                        .object("multiValueHeaders")
                        .flatMap(headers -> headers.array("Set-Cookie")))
                .contains(cookies);
        assertThat(answered(PRIVATE, "a=b; Path=/").has("cookies")).isFalse();
    }

    @Test
    void whoeverSetsNoneAnswersAsBefore() throws Exception {
        assertThat(answered(PUBLIC).members()).containsOnlyKeys("statusCode", "headers", "body", "isBase64Encoded");
    }
}
