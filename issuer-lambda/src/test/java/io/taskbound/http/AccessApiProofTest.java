// SPDX-License-Identifier: Apache-2.0
package io.taskbound.http;

import static io.taskbound.http.TestIssuer.ARTIFACT;
import static io.taskbound.http.TestIssuer.SIGNER_SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.dpop.StepKey;
import io.taskbound.json.JsonObject;
import io.taskbound.json.StrictJson;
import io.taskbound.ledger.InMemoryLedger;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A token that is bound to a key is permitted nothing without the proof of its key, whoever asks and however. */
class AccessApiProofTest {
    private static final String URL = "https://signer.acme.example/sign";

    private final TestIssuer issuer = TestIssuer.withPolicy(
            new InMemoryLedger(),
            provider -> TestIssuer.policyJson(provider)
                    .replace(
                            "\"signer\":{\"audience\":\"" + TestIssuer.SIGNER + "\",",
                            "\"signer\":{\"audience\":\"" + TestIssuer.SIGNER + "\",\"proof\":\"optional\",")
                    .replace("\"max_uses\":1,\"lease\":\"60s\"", "\"max_uses\":\"unlimited\",\"lease\":\"60s\""));

    private StepKey key;
    private String token;
    private String handle;

    @BeforeEach
    void mint() {
        key = StepKey.create();
        var form = TestIssuer.signForm(issuer.idToken(), UUID.randomUUID().toString());
        var body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        var granted = issuer.send(new HttpRequest(
                "POST",
                "/token",
                Map.of(
                        "content-type",
                        List.of("application/x-www-form-urlencoded"),
                        "dpop",
                        List.of(proof(TestIssuer.ISSUER + "/token", Map.of()))),
                body.getBytes(StandardCharsets.UTF_8),
                Optional.empty()));
        assertThat(granted.text("token_type")).as(granted.toString()).isEqualTo("DPoP");
        token = granted.accessToken();
        handle = granted.text("jti");
    }

    @AfterEach
    void stop() {
        issuer.close();
    }

    @Test
    void isPermittedWithItsProofAndTheSameIsARepeat() throws Exception {
        var proof = proof(URL, Map.of("ath", StepKey.hashOf(token)));
        var first = evaluate(context("a", proof, URL));
        assertThat(first.bool("decision")).as(first.toString()).contains(true);
        assertThat(first.object("context").orElseThrow().string("dpop_nonce")).isPresent();
        assertThat(evaluate(context("a", proof, URL)).bool("decision")).contains(true);
        assertThat(reason(evaluate(context("b", proof, URL)))).isEqualTo("invalid_dpop_proof");
    }

    @Test
    void isDeniedWithoutItOrWithThatOfAnotherRequest() throws Exception {
        var proof = proof(URL, Map.of("ath", StepKey.hashOf(token)));
        assertThat(reason(evaluate("{\"use_id\":\"a\"}"))).isEqualTo("invalid_dpop_proof");
        assertThat(reason(evaluate("{}"))).isEqualTo("use_id_required");
        assertThat(reason(evaluate("{\"dpop\":\"%s\",\"htm\":\"POST\",\"htu\":\"%s\"}".formatted(proof, URL))))
                .isEqualTo("use_id_required");
        assertThat(reason(evaluate(context("a", proof, URL + "/other")))).isEqualTo("invalid_dpop_proof");
        assertThat(evaluate(context("a", proof, URL)).bool("decision")).contains(true);
    }

    /** A mistake of a server or a client must not wake anybody; what a thief does, must. */
    @Test
    void onlyAnotherKeyAndAProofThatWasUsedBeforeAreCountedAsSignsOfACopy() throws Exception {
        var proof = proof(URL, Map.of("ath", StepKey.hashOf(token)));
        evaluate("{\"use_id\":\"a\"}");
        evaluate(context("a", proof, URL + "/other"));
        evaluate(context("a", proof(URL, Map.of()), URL));
        evaluate(context("a", proof, URL));
        evaluate(context("a", proof, URL));
        assertThat(copies()).isZero();

        evaluate(context("b", proof, URL));
        assertThat(copies()).isOne();
        key = StepKey.create();
        evaluate(context("c", proof(URL, Map.of("ath", StepKey.hashOf(token))), URL));
        assertThat(copies()).isEqualTo(2);
    }

    private long copies() {
        return issuer.metrics.stream()
                .filter(line -> line.contains("\"CopiedToken\":1"))
                .count();
    }

    @Test
    void refusesAProofThatCannotBeRead() {
        for (var context : List.of("{\"dpop\":1}", "{\"dpop\":\"a.b.c\"}", "{\"dpop\":\"a.b.c\",\"htm\":\"GET\"}")) {
            assertThat(send(context).status()).as(context).isEqualTo(400);
        }
    }

    private static String context(String useId, String proof, String url) {
        return "{\"use_id\":\"%s\",\"dpop\":\"%s\",\"htm\":\"POST\",\"htu\":\"%s\"}".formatted(useId, proof, url);
    }

    private JsonObject evaluate(String context) throws Exception {
        var answer = send(context);
        assertThat(answer.status()).isEqualTo(200);
        return StrictJson.parseObject(answer.body());
    }

    private HttpResponse send(String context) {
        var body = """
                {"subject":{"type":"task_token","id":"%s","properties":{"token":"%s"}},"action":{"name":"sign"},
                 "resource":{"type":"artifact","id":"%s"},"context":%s}
                """.formatted(handle, token, ARTIFACT, context);
        return issuer.edge.handle(new HttpRequest(
                "POST",
                "/access/v1/evaluation",
                Map.of(
                        "content-type",
                        List.of("application/json"),
                        "authorization",
                        List.of(TestIssuer.basic("signer", SIGNER_SECRET))),
                body.getBytes(StandardCharsets.UTF_8),
                Optional.empty()));
    }

    private static String reason(JsonObject decision) {
        assertThat(decision.bool("decision")).contains(false);
        return decision.object("context").orElseThrow().string("reason").orElseThrow();
    }

    private String proof(String url, Map<String, String> more) {
        return key.proof(url, issuer.clock.instant(), more);
    }
}
