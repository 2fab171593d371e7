// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.hook.HookSecret;
import io.taskbound.http.HttpResponses;
import io.taskbound.http.TestIssuer;
import io.taskbound.identity.FetchPolicy;
import io.taskbound.json.JsonObject;
import io.taskbound.json.StrictJson;
import io.taskbound.ledger.InMemoryLedger;
import io.taskbound.ledger.TableState;
import io.taskbound.outbound.OutboundHttp;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Events of payload format 2.0 as API Gateway and Function URLs send them. */
class IssuerLambdaTest {
    private final TestIssuer issuer = new TestIssuer(new InMemoryLedger());
    private final AtomicBoolean signerDown = new AtomicBoolean();
    private final IssuerLambda lambda = new IssuerLambda(new LambdaWiring(
            TestIssuer.ISSUER,
            () -> issuer.ledger,
            () -> TableState.READY,
            () -> issuer.policy,
            () -> {
                if (signerDown.get()) {
                    throw new NotReady(Missing.SIGNING_KEY_UNREACHABLE);
                }
                return issuer.signer;
            },
            () -> (hook, now) -> issuer.hookSecrets.getOrDefault(hook.value(), List.of()).stream()
                    .map(HookSecret::of)
                    .toList(),
            keys -> new LazyDelivering(DeliveryWiring::none),
            new OutboundHttp(FetchPolicy.PUBLIC),
            () -> {},
            Runnable::run,
            issuer.audit::add,
            line -> {},
            issuer.meters,
            TestFunction.SHORT,
            () -> {},
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

    /** The signature is over the bytes that the CI system sent, not over what API Gateway makes of them. */
    @Test
    void takesAHooksDeliveryInBase64() throws Exception {
        issuer.policy.replace(TestIssuer.compile(TestIssuer.policyJson(issuer.provider.issuer())
                .replace(
                        "\"tasks\":{",
                        "\"hooks\":{\"acme\":{\"provider\":\"github\",\"owner_id\":\"1001\"}},\"tasks\":{")));
        issuer.hookSecrets.put("acme", List.of("It's a Secret to Everybody"));
        var root = Path.of(System.getProperty("taskbound.root", ".."), "contract", "hooks");
        var body = Files.readString(root.resolve("github/workflow_job.completed.json"));
        var signature = StrictJson.parseObject(Files.readAllBytes(root.resolve("deliveries.json")))
                .array("deliveries")
                .map(deliveries -> (JsonObject) deliveries.items().get(0))
                .flatMap(first -> first.object("headers"))
                .flatMap(headers -> headers.string("x-hub-signature-256"))
                .orElseThrow();
        var mint = StrictJson.parseObject(invoke(event("POST", "/token", mintForm(), true, "$default"))
                .string("body")
                .orElseThrow()
                .getBytes(UTF_8));
        issuer.clock.advance(Duration.ofSeconds(30));

        var good = invoke(LambdaEvents.json(
                "/hooks/acme", body, Map.of("X-GitHub-Event", "workflow_job", "X-Hub-Signature-256", signature)));
        var changed = invoke(LambdaEvents.json(
                "/hooks/acme",
                body + "\n",
                Map.of("X-GitHub-Event", "workflow_job", "X-Hub-Signature-256", signature)));

        assertThat(body(good).string("result")).contains("closed");
        assertThat(changed.wholeNumber("statusCode")).hasValue(401);
        assertThat(issuer.redeem(mint.string("access_token").orElseThrow(), "sign", TestIssuer.ARTIFACT, "u")
                        .active())
                .isFalse();
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
    void handsAPackedAnswerOverInBase64() throws Exception {
        var list = HttpResponses.packed("a status list");
        var answer = StrictJson.parseObject(LambdaEvent.write(list, JsonObject.EMPTY));

        assertThat(answer.bool("isBase64Encoded")).contains(true);
        assertThat(Base64.getDecoder().decode(answer.string("body").orElseThrow()))
                .isEqualTo(list.body());
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
        return LambdaEvents.event(method, path, body, base64, stage, Optional.empty());
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
