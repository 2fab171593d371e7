// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import static io.taskbound.client.IssuerStandIn.busy;
import static io.taskbound.client.IssuerStandIn.cutOff;
import static io.taskbound.client.IssuerStandIn.html;
import static io.taskbound.client.IssuerStandIn.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.taskbound.client.credential.AwsCredential;
import io.taskbound.client.credential.Credential;
import io.taskbound.client.step.TokenMasks;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialCallTest {
    private static final String SECRET_KEY = "CANARY/secret+key/0123456789abcdefghijkl";
    private static final String ANSWER = "{\"kind\":\"aws-role\",\"expires_at\":1795428120,\"refresh\":true,"
            + "\"authorization_details\":" + Samples.details()
            + ",\"credential\":{\"access_key_id\":\"ASIACANARYCANARY0001\","
            + "\"secret_access_key\":\"" + SECRET_KEY + "\",\"session_token\":\"CANARY//session+token==\"},"
            + "\"role_arn\":\"arn:aws:iam::111122223333:role/migration\"}";
    private static final String OF_KIND = "\"credential_kind\":\"aws-role\",\"lease_expires_in\":60";

    private final TestClock clock = new TestClock();
    private final IssuerStandIn issuer = new IssuerStandIn();

    @AfterEach
    void stop() {
        issuer.close();
    }

    @Test
    void theGrantNamesTheKind() {
        assertThat(granted(OF_KIND).credentialKind()).contains("aws-role");
        assertThat(granted("\"lease_expires_in\":60").credentialKind()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "\"\"", "\"AWS\"", "\"aws role\"", "[\"aws-role\"]"})
    void aKindThatIsNoneMakesNoWholeGrant(String kind) {
        issuer.playing(json(200, Samples.grantWith("\"credential_kind\":" + kind)));
        assertThat(client().mint(Samples.idToken(), Samples.request()))
                .asInstanceOf(type(MintAnswer.Unavailable.class))
                .satisfies(none -> assertThat(none.outage().sentence()).contains("without a whole grant"));
    }

    @Test
    void sendsTheTokenAndTheVerifierAndNothingElse() {
        var granted = granted(OF_KIND);
        issuer.playing(json(200, ANSWER));
        assertThat(delivered(client().credential(granted))).isInstanceOfSatisfying(AwsCredential.class, aws -> {
            assertThat(aws.secretAccessKey()).isEqualTo(SECRET_KEY);
            assertThat(aws.refreshed()).isTrue();
        });
        var request = issuer.received().get(1);
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/credential");
        assertThat(request.form())
                .containsOnlyKeys("token", "holder_verifier")
                .containsEntry("token", Samples.TOKEN)
                .containsEntry("holder_verifier", granted.holder().reveal());
    }

    @Test
    void asksForOneThatLastsWhereItCannotBeFetchedAgain() {
        var granted = granted(OF_KIND);
        issuer.playing(json(200, ANSWER.replace("\"refresh\":true", "\"refresh\":false")));
        assertThat(delivered(client().lastingCredential(granted)).refreshed()).isFalse();
        assertThat(issuer.received().get(1).form()).containsEntry("static", "true");
    }

    @Test
    void triesAgainWhileTheForeignServiceIsAway() {
        var granted = granted(OF_KIND);
        issuer.playing(busy(503, "3"), cutOff(), json(200, ANSWER));
        assertThat(client().credential(granted)).isInstanceOf(CredentialAnswer.Delivered.class);
        assertThat(issuer.received()).hasSize(4);
        assertThat(issuer.received().get(3).body())
                .isEqualTo(issuer.received().get(1).body());
        assertThat(clock.instant()).isAfterOrEqualTo(TestClock.START.plusSeconds(3));
    }

    @Test
    void givesUpAfterItsTriesWithTheRequestId() {
        var granted = granted(OF_KIND);
        issuer.playing(busy(503, "1"));
        assertThat(client().credential(granted))
                .asInstanceOf(type(CredentialAnswer.Unavailable.class))
                .satisfies(none -> {
                    assertThat(none.outage().kind()).isEqualTo(Outage.Kind.BUSY);
                    assertThat(none.outage().requestId()).contains("r-busy");
                });
    }

    @Test
    void aRefusalCarriesItsSentenceAndTheRequestId() {
        var granted = granted(OF_KIND);
        issuer.playing(json(400, Samples.refusal("invalid_target")));
        assertThat(client().credential(granted))
                .asInstanceOf(type(CredentialAnswer.Refused.class))
                .satisfies(no -> assertThat(no.refusal())
                        .isEqualTo(new Refusal("invalid_target", Optional.of("not permitted"), Optional.of("01JD-7"))));
        assertThat(issuer.received()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 400, 500})
    void anAnswerThatIsNoneHandsOutNothingAndShowsNothing(int status) {
        var granted = granted(OF_KIND);
        issuer.playing(html(status));
        var answer = client().credential(granted);
        assertThat(answer).isInstanceOf(CredentialAnswer.Unavailable.class);
        assertThat(answer.toString()).doesNotContain("CANARY");
    }

    @Test
    void aCredentialThatIsNotWholeHandsOutNothingAndTheSentenceSaysWhy() {
        var granted = granted(OF_KIND);
        issuer.playing(json(200, ANSWER.replace("CANARY//session", "CANARY\\n//session")));
        assertThat(client().credential(granted))
                .asInstanceOf(type(CredentialAnswer.Unavailable.class))
                .satisfies(none -> assertThat(none.outage().sentence())
                        .isEqualTo("the address answered 200 with a credential that cannot be used:"
                                + " credential.session_token holds a character that it may not have, or has not its"
                                + " length"));
    }

    @Test
    void aDescriptionThatRepeatsASecretIsDropped() {
        var granted = granted(OF_KIND);
        issuer.playing(json(
                400,
                "{\"error\":\"invalid_request\",\"error_description\":\"got "
                        + granted.holder().reveal() + "\",\"request_id\":\"r\"}"));
        assertThat(client().credential(granted).toString())
                .doesNotContain(granted.holder().reveal());
    }

    @Test
    void nothingIsAskedForAKindThatThisVersionDoesNotKnow() {
        var granted = granted("\"credential_kind\":\"azure-role\"");
        assertThat(client().credential(granted))
                .asInstanceOf(type(CredentialAnswer.Unavailable.class))
                .satisfies(none -> assertThat(none.outage().sentence())
                        .isEqualTo("this version does not know credentials of the kind azure-role; use a newer one"));
        assertThat(issuer.received()).hasSize(1);
    }

    @Test
    void nothingIsAskedForATokenWithoutACredential() {
        var granted = granted("\"lease_expires_in\":60");
        assertThat(client().credential(granted)).isInstanceOf(CredentialAnswer.Unavailable.class);
        assertThat(issuer.received()).hasSize(1);
    }

    @Test
    void aHeldTokenFetchesItAndTellsOfEachBeatThatWasAnswered() {
        var beats = new AtomicInteger();
        var granted = granted(OF_KIND);
        var timer = new OneTimer();
        var held = Samples.client(issuer, clock).timer(timer).build().hold(granted, new LeaseListener() {
            @Override
            public void lost(Refusal refusal) {}

            @Override
            public void renewed() {
                beats.incrementAndGet();
            }
        });
        issuer.playing(json(200, "{\"lease_expires_in\":60}"), busy(503, "99"), json(200, ANSWER));
        timer.beat.run();
        assertThat(beats).hasValue(1);
        timer.beat.run();
        assertThat(beats).as("a beat without an answer").hasValue(1);
        assertThat(delivered(held.credential())).isInstanceOf(AwsCredential.class);
        assertThat(delivered(held.refreshedCredential())).isInstanceOf(AwsCredential.class);
    }

    private static final class OneTimer implements HeartbeatTimer {
        private Runnable beat = () -> {};

        @Override
        public Runnable every(Duration pause, Runnable work) {
            beat = work;
            return () -> {};
        }
    }

    @Test
    void everySecretIsMaskedAndItsBase64() {
        var granted = granted(OF_KIND);
        issuer.playing(json(200, ANSWER));
        var credential = delivered(client().credential(granted));
        var masks = TokenMasks.of(credential);
        for (var secret : credential.secrets()) {
            assertThat(masks).contains(secret);
            for (var before : List.of("", "x", "xy")) {
                var encoded =
                        Base64.getEncoder().encodeToString((before + secret + "z").getBytes(StandardCharsets.UTF_8));
                assertThat(masks).as(secret).anyMatch(encoded::contains);
            }
        }
    }

    private static Credential delivered(CredentialAnswer answer) {
        assertThat(answer).isInstanceOf(CredentialAnswer.Delivered.class);
        return ((CredentialAnswer.Delivered) answer).credential();
    }

    private GrantedToken granted(String members) {
        issuer.playing(json(200, Samples.grantWith(members)));
        var answer = client().mint(Samples.idToken(), Samples.request());
        assertThat(answer).isInstanceOf(MintAnswer.Granted.class);
        return ((MintAnswer.Granted) answer).token();
    }

    private IssuerClient client() {
        return Samples.client(issuer, clock).build();
    }
}
