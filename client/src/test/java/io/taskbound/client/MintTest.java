// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import static io.taskbound.client.IssuerStandIn.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.taskbound.client.internal.JsonObject;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MintTest {
    private final TestClock clock = new TestClock();
    private final IssuerStandIn issuer = new IssuerStandIn();

    @AfterEach
    void stop() {
        issuer.close();
    }

    @Test
    void sendsTheExchangeAndNothingElse() {
        issuer.playing(json(200, Samples.grant()));
        var asked = Samples.request();
        mint(asked);
        IssuerStandIn.Received request = issuer.only();
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/token");
        assertThat(request.contentType()).isEqualTo("application/x-www-form-urlencoded");
        assertThat(request.authorization()).isEmpty();
        assertThat(request.form())
                .containsOnlyKeys(
                        "grant_type",
                        "subject_token",
                        "subject_token_type",
                        "authorization_details",
                        "txn",
                        "holder_challenge")
                .containsEntry("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange")
                .containsEntry("subject_token", Samples.idToken().text())
                .containsEntry("subject_token_type", "urn:ietf:params:oauth:token-type:id_token")
                .containsEntry("txn", Samples.TXN.toString())
                .containsEntry("holder_challenge", asked.holder().challenge());
        JsonObject body = JsonObject.parse(
                        "{\"authorization_details\":" + request.form().get("authorization_details") + "}")
                .orElseThrow();
        assertThat(TaskDetail.allFrom(body).orElseThrow())
                .containsExactly(TaskDetail.of("sign-release", "sign", Samples.ARTIFACT));
    }

    @Test
    void sendsWhatElseWasAskedFor() {
        issuer.playing(json(200, Samples.grant()));
        mint(Samples.request()
                .withLease(Duration.ofSeconds(60))
                .withLifetime(Duration.ofMinutes(10))
                .withResource(URI.create("https://signer.acme.example")));
        assertThat(issuer.only().form())
                .containsEntry("lease", "60")
                .containsEntry("requested_expires_in", "600")
                .containsEntry("resource", "https://signer.acme.example");
    }

    @Test
    void makesATxnOfItsOwnForEachRequest() {
        TaskDetail detail = TaskDetail.of("sign-release", "sign", Samples.ARTIFACT);
        assertThat(TaskRequest.of(detail).txn())
                .isNotEqualTo(TaskRequest.of(detail).txn());
    }

    @Test
    void readsTheGrant() {
        issuer.playing(json(200, Samples.grant()));
        assertThat(mint(Samples.request())).isInstanceOfSatisfying(MintAnswer.Granted.class, granted -> {
            GrantedToken token = granted.token();
            assertThat(token.token().reveal()).isEqualTo(Samples.TOKEN);
            assertThat(token.handle()).isEqualTo(Samples.HANDLE);
            assertThat(token.txn()).isEqualTo(Samples.TXN);
            assertThat(token.expiresAt()).isEqualTo(TestClock.START.plusSeconds(600));
            assertThat(token.lease()).contains(Duration.ofSeconds(60));
            assertThat(token.details())
                    .singleElement()
                    .satisfies(detail ->
                            assertThat(detail.permits("sign", Samples.ARTIFACT)).isTrue());
        });
    }

    @Test
    void asksWithoutConsumingInADryRun() {
        issuer.playing(json(200, "{\"would_grant\":true}"));
        MintAnswer answer = Samples.client(issuer, clock).build().dryRun(Samples.idToken(), Samples.request());
        assertThat(answer).isInstanceOf(MintAnswer.WouldGrant.class);
        assertThat(issuer.only().form()).containsEntry("dry_run", "true");
    }

    @Test
    void tellsOfAGrantThatADryRunDidNotAskForSoThatItCanBeClosed() {
        issuer.playing(json(200, Samples.grant()));
        MintAnswer answer = Samples.client(issuer, clock).build().dryRun(Samples.idToken(), Samples.request());
        assertThat(answer).isInstanceOf(MintAnswer.Granted.class);
    }

    @Test
    void takesNoDryRunsAnswerForAGrant() {
        issuer.playing(json(200, "{\"would_grant\":true}"));
        MintAnswer answer = Samples.client(issuer, clock).build().mint(Samples.idToken(), Samples.request());
        assertThat(answer).isInstanceOf(MintAnswer.Unavailable.class);
    }

    @Test
    void passesARefusalOn() {
        issuer.playing(json(400, Samples.refusal("invalid_authorization_details")));
        assertThat(mint(Samples.request())).isInstanceOfSatisfying(MintAnswer.Refused.class, refused -> {
            assertThat(refused.refusal().code()).isEqualTo("invalid_authorization_details");
            assertThat(refused.refusal().description()).contains("not permitted");
            assertThat(refused.refusal().requestId()).contains("01JD-7");
            assertThat(refused.afterLostAnswer()).isFalse();
        });
        assertThat(issuer.received()).hasSize(1);
    }

    @Test
    void dropsADescriptionThatRepeatsTheIdToken() {
        issuer.playing(json(
                400,
                "{\"error\":\"invalid_request\",\"error_description\":\"bad "
                        + Samples.idToken().text() + "\"}"));
        assertThat(mint(Samples.request()))
                .isInstanceOfSatisfying(
                        MintAnswer.Refused.class,
                        refused -> assertThat(refused.refusal().description()).isEmpty());
    }

    @Test
    void makesTheIssuersSentencesPrintable() {
        issuer.playing(
                json(
                        400,
                        "{\"error\":\"invalid_request\",\"error_description\":\"a\\n::set-env\\u001b[31m\",\"request_id\":\"x\\ny\"}"));
        assertThat(mint(Samples.request())).isInstanceOfSatisfying(MintAnswer.Refused.class, refused -> {
            assertThat(refused.refusal().description()).contains("a\\u000A::set-env\\u001B[31m");
            assertThat(refused.refusal().requestId()).isEmpty();
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "null",
                "{\"would_grant\":true}",
                "{\"access_token\":\"CANARY-IN-BODY\",\"token_type\":\"Bearer\",\"expires_in\":600}",
            })
    void refusesAGrantThatIsNotWhole(String body) {
        issuer.playing(json(200, body));
        assertNotAnIssuer(mint(Samples.request()), "the address answered 200 without a whole grant");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"expires_in\":600|\"expires_in\":0",
                "\"expires_in\":600|\"expires_in\":\"600\"",
                "\"expires_in\":600|\"expires_in\":86400",
                "\"expires_in\":600|\"expires_in\":1e400",
                "\"token_type\":\"Bearer\"|\"token_type\":\"DPoP\"",
                "\"lease_expires_in\":60|\"lease_expires_in\":-1",
                "0b7f6c1e|1b7f6c1e",
                "\"type\":\"task\"|\"type\":\"other\"",
                "\"actions\":[\"sign\"]|\"actions\":[]",
                "CANARY-ACCESS|two words",
            })
    void refusesAGrantWithAWrongMember(String change) {
        String[] parts = change.split("\\|");
        assertThat(Samples.grant()).contains(parts[0]);
        issuer.playing(json(200, Samples.grant().replace(parts[0], parts[1])));
        assertNotAnIssuer(mint(Samples.request()), "the address answered 200 without a whole grant");
    }

    @Test
    void refusesAnErrorThatIsNotOAuth() {
        issuer.playing(json(500, "{\"message\":\"Internal Server Error\"}"));
        assertNotAnIssuer(mint(Samples.request()), "the address answered 500 without an OAuth error");
    }

    private MintAnswer mint(TaskRequest request) {
        return Samples.client(issuer, clock).build().mint(Samples.idToken(), request);
    }

    static void assertNotAnIssuer(MintAnswer answer, String sentence) {
        assertThat(answer)
                .asInstanceOf(type(MintAnswer.Unavailable.class))
                .extracting(MintAnswer.Unavailable::outage)
                .satisfies(outage -> {
                    assertThat(outage.kind()).isEqualTo(Outage.Kind.NOT_AN_ISSUER);
                    assertThat(outage.sentence()).isEqualTo(sentence);
                });
    }
}
