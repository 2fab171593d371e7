// SPDX-License-Identifier: Apache-2.0
package io.taskbound.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import io.taskbound.json.StrictJson;
import io.taskbound.ledger.InMemoryLedger;
import io.taskbound.token.SignerUnavailable;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.util.Base64;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Events of payload format 2.0 as API Gateway and Function URLs send them. */
class IssuerLambdaTest {
    private final TestIssuer issuer = new TestIssuer(new InMemoryLedger());
    private final AtomicBoolean signerDown = new AtomicBoolean();
    private final IssuerLambda lambda = new IssuerLambda(new LambdaParts(
            TestIssuer.ISSUER,
            issuer.policy,
            issuer.ledger,
            () -> {
                if (signerDown.get()) {
                    throw new SignerUnavailable("down for the test");
                }
                return issuer.signer;
            },
            Runnable::run,
            issuer.audit::add,
            issuer.clock));

    @AfterEach
    void stop() {
        issuer.close();
    }

    @Test
    void takesAFormInBase64() throws Exception {
        var answer = invoke(event("POST", "/token", mintForm(), true, "$default"));

        assertThat(answer.wholeNumber("statusCode")).hasValue(200);
        assertThat(answer.bool("isBase64Encoded")).contains(false);
        assertThat(answer.object("headers").orElseThrow().string("Cache-Control"))
                .contains("no-store");
        assertThat(body(answer).has("access_token")).isTrue();
        assertThat(issuer.lastAudit()).contains("\"request_id\":\"JKJaXmPLvHcESHA=\"");
    }

    @Test
    void takesAPlainForm() throws Exception {
        assertThat(invoke(event("POST", "/token", mintForm(), false, "$default"))
                        .wholeNumber("statusCode"))
                .hasValue(200);
    }

    @Test
    void takesANamedStageOffThePath() throws Exception {
        assertThat(invoke(event("GET", "/prod/healthz", "", false, "prod")).wholeNumber("statusCode"))
                .hasValue(200);
        assertThat(invoke(event("GET", "/healthz", "", false, "prod")).wholeNumber("statusCode"))
                .hasValue(200);
    }

    @Test
    void answers503UntilTheSigningKeyCanBeOpened() throws Exception {
        signerDown.set(true);
        var answer = invoke(event("POST", "/token", mintForm(), true, "$default"));
        assertThat(answer.wholeNumber("statusCode")).hasValue(503);
        assertThat(answer.object("headers").orElseThrow().has("Retry-After")).isTrue();
        assertThat(issuer.lastAudit())
                .contains("\"request_id\":\"JKJaXmPLvHcESHA=\"", "signer_unavailable", "\"result\":\"unavailable\"");

        signerDown.set(false);
        assertThat(invoke(event("POST", "/token", mintForm(), true, "$default")).wholeNumber("statusCode"))
                .hasValue(200);
    }

    @Test
    void answersWhatIsNotAnEventWithAnError() throws Exception {
        for (var event :
                new String[] {"", "null", "[]", "{", "{\"body\":\"!\",\"isBase64Encoded\":true}", "{\"a\":1,\"a\":2}"
                }) {
            assertThat(invoke(event).wholeNumber("statusCode")).hasValue(400);
        }
        assertThat(invoke("{}").wholeNumber("statusCode")).hasValue(404);
        assertThat(invoke("{\"x\":\"" + "y".repeat(600_000) + "\"}").wholeNumber("statusCode"))
                .hasValue(400);
    }

    private String mintForm() {
        var body = new StringBuilder();
        TestIssuer.signForm(issuer.idToken(), UUID.randomUUID().toString())
                .forEach((name, value) -> body.append(name)
                        .append('=')
                        .append(URLEncoder.encode(value, UTF_8))
                        .append('&'));
        return body.toString();
    }

    private static String event(String method, String path, String body, boolean base64, String stage) {
        var http = JsonObject.builder().put("method", method).put("path", path).build();
        return JsonText.of(JsonObject.builder()
                .put("version", "2.0")
                .put("rawPath", path)
                .put("rawQueryString", "")
                .put(
                        "headers",
                        JsonObject.builder()
                                .put("Content-Type", "application/x-www-form-urlencoded")
                                .put("host", "attacker.example")
                                .build())
                .put(
                        "requestContext",
                        JsonObject.builder()
                                .put("http", http)
                                .put("requestId", "JKJaXmPLvHcESHA=")
                                .put("stage", stage)
                                .put("timeEpoch", 1_700_000_000_000L)
                                .build())
                .put("body", base64 ? Base64.getEncoder().encodeToString(body.getBytes(UTF_8)) : body)
                .put("isBase64Encoded", base64)
                .build());
    }

    private JsonObject invoke(String event) throws Exception {
        var output = new ByteArrayOutputStream();
        lambda.handleRequest(new ByteArrayInputStream(event.getBytes(UTF_8)), output, new StandInContext());
        return StrictJson.parseObject(output.toByteArray());
    }

    private static JsonObject body(JsonObject answer) throws Exception {
        return StrictJson.parseObject(answer.string("body").orElseThrow().getBytes(UTF_8));
    }
}
