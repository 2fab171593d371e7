// SPDX-License-Identifier: Apache-2.0
package io.taskbound.http;

import static io.taskbound.http.TestIssuer.ARTIFACT;
import static io.taskbound.http.TestIssuer.SIGNER_SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.dpop.ProofText;
import io.taskbound.dpop.RequestUrl;
import io.taskbound.identity.IdToken;
import io.taskbound.issuer.CloseRequest;
import io.taskbound.issuer.MintAnswer;
import io.taskbound.issuer.PresentedProof;
import io.taskbound.issuer.PresentedText;
import io.taskbound.issuer.RedeemRequest;
import io.taskbound.issuer.ServerCredentials;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import io.taskbound.ledger.InMemoryLedger;
import io.taskbound.task.Identifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** No token, secret or ID token ever reaches the audit log, an answer to somebody else, or a {@code toString}. */
class CanaryTest {
    private final TestIssuer issuer = new TestIssuer(new InMemoryLedger());
    private final List<String> secrets = new ArrayList<>();
    private final List<String> said = new ArrayList<>();

    @AfterEach
    void stop() {
        issuer.close();
    }

    @Test
    void keepsEverySecretOutOfLogsAndAnswers() {
        var proof = secret(issuer.idToken());
        var form = TestIssuer.signForm(proof, UUID.randomUUID().toString());
        var token = secret(issuer.token(form).accessToken());
        secret(SIGNER_SECRET);

        say(issuer.token(TestIssuer.deployForm(proof)));
        say(issuer.token(TestIssuer.deployForm(token)));
        say(issuer.token(TestIssuer.deployForm(secret(issuer.idToken("repository_id", "6666")))));
        say(issuer.token(TestIssuer.deployForm(secret(proof.substring(0, proof.length() - 4) + "AAAA"))));
        say(issuer.token(TestIssuer.form(proof, "no-uuid-" + token, "[]")));
        say(issuer.token(TestIssuer.form(proof, UUID.randomUUID().toString(), "[\"" + token + "\"]")));
        say(issuer.token(Map.of("grant_type", token)));
        say(issuer.token(Map.of(token, "x")));
        say(issuer.introspect(token, "signer", SIGNER_SECRET));
        say(issuer.introspect(token, "signer", SIGNER_SECRET + "x"));
        say(issuer.introspect(token + "x", "signer", SIGNER_SECRET));
        say(issuer.redeem(token, "sign", ARTIFACT, "a"));
        say(issuer.redeem(token, "sign", token, "b"));
        say(issuer.redeem(token, token, ARTIFACT, "c"));
        say(issuer.redeem(token, "sign", ARTIFACT, token));
        say(issuer.renew(token));
        say(issuer.revoke(Map.of("subject_token", proof, "handle", token)));
        say(issuer.revoke(Map.of("subject_token", token, "handle", "*")));
        say(issuer.revoke(Map.of("token", token)));
        said.addAll(issuer.audit);

        assertSilent();
        assertThat(issuer.audit).hasSizeGreaterThan(18);
    }

    @Test
    void keepsSecretsOutOfEveryToString() {
        var canary = secret("canary-canary-canary-canary-canary-canary");
        var answer = issuer.mintSign();
        secret(answer.accessToken());
        var request = new RedeemRequest(
                new PresentedText(canary),
                "sign",
                new Identifier("a"),
                Optional.of("u"),
                RedeemRequest.Repeat.INACTIVE,
                Optional.of(new PresentedProof(
                        new ProofText(canary),
                        "POST",
                        RequestUrl.of("https://a").orElseThrow())));
        said.add(request.toString());
        said.add(IdToken.of(canary).toString());
        said.add(new CloseRequest.ByToken(new PresentedText(canary)).toString());
        said.add(new CloseRequest.OfRun(IdToken.of(canary)).toString());
        said.add(new ServerCredentials("signer", canary).toString());
        said.add(new HttpRequest(
                        "POST",
                        "/token",
                        Map.of("authorization", List.of(canary)),
                        canary.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                        Optional.empty())
                .toString());
        said.add(HttpResponse.json(200, JsonObject.builder().put("x", canary).build())
                .toString());
        said.add(issuer.signer.toString());
        said.add(String.valueOf(MintAnswer.WouldGrant.class));

        assertSilent();
    }

    private String secret(String text) {
        secrets.add(text);
        return text;
    }

    private void say(TestIssuer.Answer answer) {
        said.add(JsonText.of(answer.body()) + answer.headers());
    }

    private void assertSilent() {
        for (var text : said) {
            for (var secret : secrets) {
                assertThat(text).doesNotContain(secret);
                // nor the part that makes it a credential
                int dot = secret.lastIndexOf('.');
                if (dot > 0 && !secret.endsWith("AAAA")) {
                    assertThat(text).doesNotContain(secret.substring(dot + 1));
                }
            }
        }
    }
}
