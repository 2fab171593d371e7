// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import static io.taskbound.client.IssuerStandIn.cutOff;
import static io.taskbound.client.IssuerStandIn.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceServerCallsTest {
    private static final ServerCredentials SERVER = ServerCredentials.of("signer", Samples.SECRET);
    private static final TaskToken TOKEN = TaskToken.of(Samples.TOKEN);

    private static final String REPEAT = "{\"active\":false,\"reason\":\"repeat\"}";

    private final IssuerStandIn issuer = new IssuerStandIn();
    private final IssuerClient client = Samples.client(issuer, new TestClock()).build();

    @AfterEach
    void stop() {
        issuer.close();
    }

    @Test
    void redeemsWithTheServersOwnName() {
        issuer.playing(json(200, Samples.activeWith("\"uses_left\":0,\"first_use\":true")));
        RedeemAnswer answer = redeem(new Use("sign", Samples.ARTIFACT, "build-7"));
        assertThat(answer).isInstanceOfSatisfying(RedeemAnswer.Redeemed.class, redeemed -> {
            assertThat(redeemed.token().usesLeft()).contains(0L);
            assertThat(redeemed.token().permits("sign", Samples.ARTIFACT)).isTrue();
            assertThat(redeemed.token().permits("sign", Samples.ARTIFACT + "0")).isFalse();
        });
        assertThat(issuer.only().path()).isEqualTo("/redeem");
        assertThat(issuer.only().authorization()).isEqualTo("Basic " + base64("signer:" + Samples.SECRET));
        assertThat(issuer.only().form())
                .isEqualTo(Map.of(
                        "token", Samples.TOKEN, "action", "sign", "identifier", Samples.ARTIFACT, "use_id", "build-7"));
    }

    @Test
    void sharesOneUseIdBetweenTheTriesOfOneCall() {
        issuer.playing(cutOff(), json(200, Samples.activeWith("\"first_use\":true")));
        assertThat(redeem(Use.once("sign", Samples.ARTIFACT))).isInstanceOf(RedeemAnswer.Redeemed.class);
        assertThat(issuer.received()).hasSize(2);
        assertThat(issuer.received().get(1)).isEqualTo(issuer.received().get(0));
    }

    @Test
    void asksForItsOwnUseAgainWhoseAnswerWasLost() {
        issuer.playing(cutOff(), json(200, REPEAT), json(200, Samples.activeWith("\"first_use\":false")));
        assertThat(redeem(Use.once("sign", Samples.ARTIFACT))).isInstanceOf(RedeemAnswer.Redeemed.class);
        assertThat(issuer.received()).hasSize(3);
        assertThat(issuer.received().get(1).form()).doesNotContainKey("repeat");
        assertThat(issuer.received().get(2).form()).containsEntry("repeat", "allowed");
    }

    @Test
    void neverTakesARepeatForAUse() {
        issuer.playing(json(200, REPEAT));
        assertThat(redeem(new Use("sign", Samples.ARTIFACT, "job-7")))
                .isEqualTo(new RedeemAnswer.Repeated(Optional.empty()));
        assertThat(issuer.received()).hasSize(1);
    }

    @Test
    void neverTakesARepeatThatItAllowedForAUse() {
        issuer.playing(json(200, Samples.activeWith("\"first_use\":false")));
        assertThat(redeem(new Use("sign", Samples.ARTIFACT, "job-7").allowingRepeat()))
                .isInstanceOfSatisfying(
                        RedeemAnswer.Repeated.class,
                        repeated -> assertThat(repeated.token()).isPresent());
        assertThat(issuer.only().form()).containsEntry("repeat", "allowed");
    }

    @Test
    void sharesNoUseIdBetweenTwoUses() {
        assertThat(Use.once("sign", Samples.ARTIFACT)).isNotEqualTo(Use.once("sign", Samples.ARTIFACT));
    }

    @Test
    void saysWhyATokenIsNotRedeemed() {
        issuer.playing(json(200, "{\"active\":false,\"reason\":\"spent\"}"));
        assertThat(redeem(Use.once("sign", Samples.ARTIFACT)))
                .isEqualTo(new RedeemAnswer.NotRedeemed(Optional.of("spent")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"active\":\"true\"}",
                "{\"active\":true}",
                "{\"active\":1}",
                "[true]",
                "{\"active\":true,\"jti\":\"a\",\"sub\":\"b\",\"aud\":\"c\",\"exp\":9}",
            })
    void neverTakesLessThanAWholeStateForActive(String body) {
        issuer.playing(json(200, body));
        assertThat(redeem(Use.once("sign", Samples.ARTIFACT))).isInstanceOf(RedeemAnswer.Unavailable.class);
        assertThat(client.introspect(SERVER, TOKEN)).isInstanceOf(IntrospectAnswer.Unavailable.class);
    }

    @Test
    void passesWrongCredentialsOn() {
        issuer.playing(json(401, Samples.refusal("invalid_client")));
        assertThat(redeem(Use.once("sign", Samples.ARTIFACT))).isInstanceOf(RedeemAnswer.Refused.class);
        assertThat(client.introspect(SERVER, TOKEN)).isInstanceOf(IntrospectAnswer.Refused.class);
    }

    @Test
    void introspects() {
        issuer.playing(json(200, Samples.activeWith("\"uses_left\":2")));
        assertThat(client.introspect(SERVER, TOKEN)).isInstanceOfSatisfying(IntrospectAnswer.Active.class, active -> {
            assertThat(active.token().handle()).isEqualTo(Samples.HANDLE);
            assertThat(active.token().usesLeft()).contains(2L);
        });
        assertThat(issuer.only().path()).isEqualTo("/introspect");
        assertThat(issuer.only().form()).isEqualTo(Map.of("token", Samples.TOKEN));
    }

    @Test
    void learnsNoReasonFromIntrospection() {
        issuer.playing(json(200, "{\"active\":false}"));
        assertThat(client.introspect(SERVER, TOKEN)).isEqualTo(new IntrospectAnswer.Inactive());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Signer", "sig:ner", "a b", "signer\n"})
    void takesNoClientIdThatIsNoName(String clientId) {
        assertThatThrownBy(() -> ServerCredentials.of(clientId, Samples.SECRET))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining(Samples.SECRET);
    }

    private RedeemAnswer redeem(Use use) {
        return client.redeem(SERVER, TOKEN, use);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
