// SPDX-License-Identifier: Apache-2.0
package io.taskbound.http;

import static io.taskbound.http.TestIssuer.ARTIFACT;
import static io.taskbound.http.TestIssuer.SIGNER_SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import io.taskbound.ledger.InMemoryLedger;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A policy enforcement point hears of task tokens what a server hears that redeems them. */
class AccessApiTest {
    private static final String EVALUATION = "/access/v1/evaluation";
    private static final String EVALUATIONS = "/access/v1/evaluations";
    private static final String OF_SIGNER = TestIssuer.basic("signer", SIGNER_SECRET);

    private final TestIssuer issuer = new TestIssuer(new InMemoryLedger());

    @AfterEach
    void stop() {
        issuer.close();
    }

    @Test
    void countsAUseOnceHoweverOftenTheSameIsAsked() {
        var token = issuer.mintSign();

        var first = evaluate(question(token, "sign", ARTIFACT, "job-1"));
        assertThat(first.bool("decision")).contains(true);
        assertThat(context(first).bool("first_use")).contains(true);
        assertThat(context(first).wholeNumber("uses_left")).hasValue(0);
        assertThat(context(first).string("jti")).contains(token.text("jti"));
        assertThat(issuer.lastAudit()).contains("\"event\":\"evaluate\"", "\"result\":\"active\"");

        var again = evaluate(question(token, "sign", ARTIFACT, "job-1"));
        assertThat(again.bool("decision")).contains(true);
        assertThat(context(again).bool("first_use")).contains(false);

        assertThat(reason(evaluate(question(token, "sign", ARTIFACT, "job-2")))).isEqualTo("spent");
        assertThat(issuer.lastAudit()).contains("\"event\":\"evaluate\"", "\"reason\":\"spent\"");
        assertThat(issuer.redeem(token.accessToken(), "sign", ARTIFACT, "job-3").text("reason"))
                .isEqualTo("spent");
    }

    @Test
    void isTheSameUseAsTheOneThatWasRedeemed() {
        var token = issuer.mintSign();
        assertThat(issuer.redeem(token.accessToken(), "sign", ARTIFACT, "job-1").active())
                .isTrue();

        var evaluated = evaluate(question(token, "sign", ARTIFACT, "job-1"));
        assertThat(evaluated.bool("decision")).contains(true);
        assertThat(context(evaluated).bool("first_use")).contains(false);
    }

    @Test
    void permitsNothingElseAndNothingOfADeadToken() {
        var token = issuer.mintSign();
        assertThat(reason(evaluate(question(token, "sign", ARTIFACT.replace("app", "evil"), "a"))))
                .isEqualTo("not_permitted");
        assertThat(reason(evaluate(question(token, "delete", ARTIFACT, "b")))).isEqualTo("not_permitted");
        assertThat(reason(evaluate(question(token, "can_sign", ARTIFACT, "c")))).isEqualTo("not_permitted");
        assertThat(reason(evaluate(question(token, "sign", "artifact:../x", "d"))))
                .isEqualTo("not_permitted");

        issuer.revoke(Map.of("token", token.accessToken()));
        assertThat(reason(evaluate(question(token, "sign", ARTIFACT, "e")))).isEqualTo("closed");
    }

    @Test
    void countsNoUseWithoutAUseIdAndSoPermitsNoneOfALimitedToken() {
        var token = issuer.mintSign();
        var limited = evaluate(question(token, "sign", ARTIFACT, ""));
        assertThat(reason(limited)).isEqualTo("use_id_required");
        assertThat(context(limited).string("message").orElseThrow()).contains("context.use_id");

        var deployment = issuer.token(TestIssuer.deployForm(issuer.idToken()));
        var asked = question(deployment, "deploy", "env:production", "");
        var deployer = TestIssuer.basic("deployer", SIGNER_SECRET);
        var permitted = parsed(send(EVALUATION, asked, deployer));
        assertThat(permitted.bool("decision")).contains(true);
        assertThat(context(permitted).has("first_use")).isFalse();
        assertThat(parsed(send(EVALUATION, asked, deployer))).isEqualTo(permitted);

        issuer.revoke(Map.of("token", deployment.accessToken()));
        assertThat(reason(parsed(send(EVALUATION, asked, deployer)))).isEqualTo("closed");
    }

    @Test
    void saysNothingOfATokenThatIsForAnotherServerOrOfNone() {
        var token = issuer.mintSign();
        var tracker = TestIssuer.basic("tracker", TestIssuer.TRACKER_SECRET);
        assertThat(parsed(send(EVALUATION, question(token, "sign", ARTIFACT, "a"), tracker)))
                .isEqualTo(JsonObject.builder().put("decision", false).build());

        var forged = token.accessToken().substring(0, token.accessToken().length() - 4) + "AAAA";
        var asked = question("task_token", token.text("jti"), forged, "sign", ARTIFACT, "a");
        assertThat(evaluate(asked).has("context")).isFalse();
        assertThat(evaluate(question("task_token", "x", "no token", "sign", ARTIFACT, "a"))
                        .has("context"))
                .isFalse();
    }

    @Test
    void wantsSubjectAndResourceToSayWhatTheyAre() {
        var token = issuer.mintSign();
        assertThat(reason(evaluate(question("user", "alice", token.accessToken(), "sign", ARTIFACT, "a"))))
                .isEqualTo("not_a_task_token");
        assertThat(reason(evaluate(question("task_token", "other", token.accessToken(), "sign", ARTIFACT, "a"))))
                .isEqualTo("subject_mismatch");
        var another = question(token, "sign", ARTIFACT, "a").replace("\"type\":\"artifact\"", "\"type\":\"image\"");
        assertThat(reason(evaluate(another))).isEqualTo("not_permitted");
        var anyTarget = question(token, "sign", ARTIFACT, "a").replace("\"type\":\"artifact\"", "\"type\":\"target\"");
        assertThat(evaluate(anyTarget).bool("decision")).contains(true);
    }

    /** The use_id of a context that all share names the request, not one use. */
    @Test
    void countsEachOfSeveralByItself() {
        var details = "[{\"type\":\"task\",\"task\":\"update-ticket\",\"actions\":[\"read\"],"
                + "\"identifier\":\"ticket:SHOP-1\"},{\"type\":\"task\",\"task\":\"update-ticket\","
                + "\"actions\":[\"update\"],\"identifier\":\"record:42\"}]";
        var token =
                issuer.token(TestIssuer.form(issuer.idToken(), UUID.randomUUID().toString(), details));
        var asked = """
                {%s,"context":{"use_id":"request-1"},"evaluations":[
                  {"action":{"name":"read"},"resource":{"type":"ticket","id":"ticket:SHOP-1"}},
                  {"action":{"name":"update"},"resource":{"type":"record","id":"record:42"}},
                  {"action":{"name":"read"},"resource":{"type":"ticket","id":"ticket:SHOP-2"}},
                  {"action":{"name":"read"}}]}
                """.formatted(subject("task_token", token.text("jti"), token.accessToken()));
        var tracker = TestIssuer.basic("tracker", TestIssuer.TRACKER_SECRET);
        var decided = parsed(send(EVALUATIONS, asked, tracker));
        var lines = List.copyOf(issuer.audit).stream()
                .filter(line -> line.contains("\"event\":\"evaluate\""))
                .toList();

        assertThat(JsonText.of(decided))
                .matches(
                        "\\{\"evaluations\":\\[\\{\"decision\":true,.*\"uses_left\":3.*},\\{\"decision\":true,.*\"uses_left\":2"
                                + ".*},\\{\"decision\":false,\"context\":\\{\"reason\":\"not_permitted\"}},\\{\"decision\":false,"
                                + "\"context\":\\{\"error\":\\{\"status\":400,\"message\":\"resource is missing\"}}}]}");
        assertThat(lines).hasSize(4).last().asString().contains("\"reason\":\"malformed\"", "resource is missing");

        var again =
                parsed(send(EVALUATIONS, asked, tracker)).array("evaluations").orElseThrow();
        assertThat(JsonText.of(again)).contains("\"first_use\":false").doesNotContain("\"first_use\":true");
    }

    /** What comes after the deciding one is not looked at, and its use is not counted. */
    @Test
    void stopsWhereTheSemanticSays() {
        var token = issuer.mintSign();
        var evil = ARTIFACT.replace("app", "evil");
        var asked = """
                {%s,"action":{"name":"sign"},"context":{"use_id":"r"},"options":{"evaluations_semantic":"%s"},"evaluations":[
                  {"resource":{"type":"artifact","id":"%s"}},{"resource":{"type":"artifact","id":"%s"}}]}
                """;
        var subject = subject("task_token", token.text("jti"), token.accessToken());

        assertThat(decisions(asked.formatted(subject, "deny_on_first_deny", evil, ARTIFACT)))
                .containsExactly("false");
        assertThat(issuer.redeem(token.accessToken(), "sign", ARTIFACT, "by hand")
                        .active())
                .isTrue();
        assertThat(decisions(asked.formatted(subject, "execute_all", evil, ARTIFACT)))
                .containsExactly("false", "false");
        assertThat(decisions(asked.formatted(subject, "permit_on_first_permit", evil, evil)))
                .containsExactly("false", "false");
    }

    private List<String> decisions(String asked) {
        return parsed(send(EVALUATIONS, asked, OF_SIGNER)).array("evaluations").orElse(JsonArray.EMPTY).items().stream()
                .map(decision ->
                        ((JsonObject) decision).bool("decision").orElseThrow().toString())
                .toList();
    }

    @Test
    void answersNobodyButAServerOfThePolicy() {
        var asked = question(issuer.mintSign(), "sign", ARTIFACT, "a");
        for (var authorization : List.of(TestIssuer.basic("signer", "wrong"), "Bearer x", "")) {
            var answer = send(EVALUATION, asked, authorization);
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.headers().get("WWW-Authenticate")).startsWith("Basic realm=");
            assertThat(text(answer)).startsWith("authenticate with client_secret_basic");
        }
        // Nor does it hear that its evaluations cannot be read.
        assertThat(send(EVALUATIONS, "{\"evaluations\":[{}]}", "").status()).isEqualTo(401);
        assertThat(issuer.lastAudit()).contains("\"event\":\"evaluate\"", "\"reason\":\"unknown_server\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "\"x\"",
                "{\"subject\":{},\"subject\":{}}",
                "{\"evaluations\":{}}",
                "{\"evaluations\":[1]}",
                "{\"evaluations\":[{}],\"options\":[]}",
                "{\"evaluations\":[{}],\"options\":{\"evaluations_semantic\":\"all\"}}",
                "{\"evaluations\":[{}],\"options\":{\"evaluations_semantic\":1}}",
                "{\"evaluations\":[{}],\"subject\":{\"type\":\"user\"}}",
                "{\"evaluations\":[{}],\"context\":\"x\"}",
                "{\"subject\":{\"type\":\"a\",\"id\":\"b\",\"properties\":[]},\"action\":{\"name\":\"c\"},\"resource\":{\"type\":\"d\",\"id\":\"e\"}}",
                "{\"subject\":{\"type\":\"a\",\"id\":\"b\"},\"action\":{\"name\":\"c\"},\"resource\":{\"type\":\"d\",\"id\":\"e\"},\"context\":{\"use_id\":1}}",
                "{\"subject\":{\"type\":\"a\",\"id\":\"b\"},\"action\":{\"name\":\"c\"},\"resource\":{\"type\":\"d\",\"id\":\"e\"},\"context\":{\"use_id\":\"\"}}",
                "{\"subject\":{\"type\":\"a\",\"id\":\"b\"},\"action\":{\"name\":\"c\"},\"resource\":{\"type\":\"d\",\"id\":\"e\"},\"context\":{\"use_id\":\"a\\nb\"}}",
                "{\"subject\":{\"type\":\"\\ud800\",\"id\":\"b\"},\"action\":{\"name\":\"c\"},\"resource\":{\"type\":\"d\",\"id\":\"e\"}}"
            })
    void refusesAWholeThatCannotBeRead(String body) {
        var answer = send(EVALUATIONS, body, OF_SIGNER);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.headers().get("Content-Type")).isEqualTo("text/plain; charset=utf-8");
        assertThat(text(answer)).contains(" (request ").doesNotContain("{");
    }

    @Test
    void refusesMoreEvaluationsThanItTakesAtOnce() {
        var most = "{}" + ",{}".repeat(EvaluationsBody.MAX_EVALUATIONS - 1);
        assertThat(send(EVALUATIONS, "{\"evaluations\":[" + most + "]}", OF_SIGNER)
                        .status())
                .isEqualTo(200);
        assertThat(send(EVALUATIONS, "{\"evaluations\":[" + most + ",{}]}", OF_SIGNER)
                        .status())
                .isEqualTo(400);
    }

    @Test
    void repeatsTheCallersRequestIdAlsoWhereItRefuses() {
        var asked = question(issuer.mintSign(), "sign", ARTIFACT, "a");
        assertThat(sendAs(EVALUATION, asked, List.of("my id 1")).headers()).containsEntry("X-Request-ID", "my id 1");
        assertThat(sendAs(EVALUATION, "{}", List.of("my id 2")).headers()).containsEntry("X-Request-ID", "my id 2");
        assertThat(sendAs("/access/v1/search/subject", "{}", List.of("my id 3")).headers())
                .containsEntry("X-Request-ID", "my id 3");
        assertThat(send(EVALUATION, asked, OF_SIGNER).headers().get("X-Request-ID"))
                .hasSize(26);
        for (var bad : List.of(List.of("a", "b"), List.of("x".repeat(257)), List.of("caf\u00e9"), List.of(""))) {
            var answer = sendAs(EVALUATION, asked, bad);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(text(answer)).startsWith("X-Request-ID must be");
        }
    }

    @Test
    void refusesWhatIsNoPostOfJson() {
        for (var path : List.of(EVALUATION, EVALUATIONS)) {
            var get = issuer.edge.handle(new HttpRequest("GET", path, Map.of(), new byte[0], Optional.empty()));
            assertThat(get.status()).isEqualTo(405);
            assertThat(get.headers()).containsEntry("Allow", "POST");
            assertThat(text(get)).startsWith("use POST");
            var large = "{\"x\":\"" + "a".repeat(EvaluationBody.MAX_OCTETS) + "\"}";
            assertThat(send(path, large, OF_SIGNER).status()).isEqualTo(413);
        }
    }

    @Test
    void publishesWhereItIs() {
        var metadata = parsed(issuer.edge.handle(
                new HttpRequest("GET", "/.well-known/authzen-configuration", Map.of(), new byte[0], Optional.empty())));
        assertThat(JsonText.of(metadata))
                .isEqualTo("{\"policy_decision_point\":\"%1$s\",\"access_evaluation_endpoint\":\"%1$s%2$s\","
                                .formatted(TestIssuer.ISSUER, EVALUATION)
                        + "\"access_evaluations_endpoint\":\"%s%s\"}".formatted(TestIssuer.ISSUER, EVALUATIONS));
    }

    private JsonObject evaluate(String body) {
        var answer = send(EVALUATION, body, OF_SIGNER);
        assertThat(answer.status()).as(text(answer)).isEqualTo(200);
        return parsed(answer);
    }

    private HttpResponse send(String path, String body, String authorization) {
        return send(path, body, authorization, List.of());
    }

    private HttpResponse sendAs(String path, String body, List<String> requestIds) {
        return send(path, body, OF_SIGNER, requestIds);
    }

    private HttpResponse send(String path, String body, String authorization, List<String> requestIds) {
        var headers = new LinkedHashMap<String, List<String>>();
        headers.put("content-type", List.of("application/json"));
        headers.put("authorization", List.of(authorization));
        if (!requestIds.isEmpty()) {
            headers.put("x-request-id", requestIds);
        }
        return issuer.edge.handle(
                new HttpRequest("POST", path, headers, body.getBytes(StandardCharsets.UTF_8), Optional.empty()));
    }

    private static String question(TestIssuer.Answer token, String action, String identifier, String useId) {
        return question("task_token", token.text("jti"), token.accessToken(), action, identifier, useId);
    }

    /** @param useId empty for none */
    private static String question(
            String type, String id, String token, String action, String identifier, String useId) {
        return "{%s,\"action\":{\"name\":\"%s\"},\"resource\":{\"type\":\"%s\",\"id\":\"%s\"}%s}"
                .formatted(
                        subject(type, id, token),
                        action,
                        identifier.split(":", 2)[0],
                        identifier,
                        useId.isEmpty() ? "" : ",\"context\":{\"use_id\":\"" + useId + "\"}");
    }

    private static String subject(String type, String id, String token) {
        return "\"subject\":{\"type\":\"%s\",\"id\":\"%s\",\"properties\":{\"token\":\"%s\"}}"
                .formatted(type, id, token);
    }

    private static JsonObject context(JsonObject decision) {
        return decision.object("context").orElseThrow(() -> new AssertionError(JsonText.of(decision)));
    }

    private static String reason(JsonObject decision) {
        assertThat(decision.bool("decision")).contains(false);
        return context(decision).string("reason").orElseThrow();
    }

    private static String text(HttpResponse answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private static JsonObject parsed(HttpResponse answer) {
        try {
            return StrictJson.parseObject(answer.body());
        } catch (MalformedJson malformed) {
            throw new AssertionError(text(answer), malformed);
        }
    }
}
