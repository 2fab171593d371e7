// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import static io.taskbound.client.IssuerStandIn.html;
import static io.taskbound.client.IssuerStandIn.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CloseTest {
    private final IssuerStandIn issuer = new IssuerStandIn();
    private final IssuerClient client = Samples.client(issuer, new TestClock()).build();

    @AfterEach
    void stop() {
        issuer.close();
    }

    @Test
    void closesByPossession() {
        issuer.playing(json(200, ""));
        assertThat(client.close(TaskToken.of(Samples.TOKEN))).isInstanceOf(CloseAnswer.Closed.class);
        assertThat(issuer.only().path()).isEqualTo("/revoke");
        assertThat(issuer.only().form()).isEqualTo(Map.of("token", Samples.TOKEN));
    }

    @Test
    void closesOneOrTheJobOrTheRunWithAnIdToken() {
        issuer.playing(json(200, "{}"));
        List<TokensToClose> all =
                List.of(TokensToClose.one(Samples.HANDLE), TokensToClose.allOfJob(), TokensToClose.allOfRun());
        for (TokensToClose which : all) {
            assertThat(client.close(Samples.idToken(), which)).isInstanceOf(CloseAnswer.Closed.class);
        }
        String idToken = Samples.idToken().text();
        assertThat(issuer.received().stream().map(IssuerStandIn.Received::form))
                .containsExactly(
                        Map.of("subject_token", idToken, "handle", Samples.HANDLE),
                        Map.of("subject_token", idToken, "handle", "*"),
                        Map.of("subject_token", idToken, "handle", "run:*"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "run:*", "", "a b", "a&handle=*"})
    void takesNoPatternForOneHandle(String handle) {
        assertThatThrownBy(() -> TokensToClose.one(handle)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void doesNotTakeALogInPageForAnAcknowledgement() {
        issuer.playing(html(200));
        assertThat(client.close(TaskToken.of(Samples.TOKEN))).isInstanceOf(CloseAnswer.Unavailable.class);
    }

    @Test
    void passesARefusalOn() {
        issuer.playing(json(400, Samples.refusal("invalid_request")));
        assertThat(client.close(Samples.idToken(), TokensToClose.allOfRun())).isInstanceOf(CloseAnswer.Refused.class);
    }

    @Test
    void renewsALease() {
        issuer.playing(json(200, "{\"lease_expires_in\":60}"));
        assertThat(client.renew(TaskToken.of(Samples.TOKEN), Samples.HOLDER))
                .isEqualTo(new RenewAnswer.Renewed(TestClock.START.plusSeconds(60)));
        assertThat(issuer.only().path()).isEqualTo("/renew");
        assertThat(issuer.only().form())
                .isEqualTo(Map.of("token", Samples.TOKEN, "holder_verifier", Samples.HOLDER.reveal()));
    }

    @Test
    void aLeaseOfLessThanASecondIsALease() {
        issuer.playing(json(200, "{\"lease_expires_in\":0}"));
        assertThat(client.renew(TaskToken.of(Samples.TOKEN), Samples.HOLDER))
                .isEqualTo(new RenewAnswer.Renewed(TestClock.START));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "\"60\"", "1.5", "null", "3601", "true"})
    void whatIsNoLengthIsNoLease(String lease) {
        issuer.playing(json(200, "{\"lease_expires_in\":" + lease + "}"));
        assertThat(client.renew(TaskToken.of(Samples.TOKEN), Samples.HOLDER))
                .isInstanceOf(RenewAnswer.Unavailable.class);
    }

    @Test
    void doesNotRenewADeadToken() {
        issuer.playing(json(400, Samples.refusal("invalid_grant")));
        assertThat(client.renew(TaskToken.of(Samples.TOKEN), Samples.HOLDER)).isInstanceOf(RenewAnswer.Refused.class);
    }

    @Test
    void refusesARenewalWithoutALease() {
        issuer.playing(json(200, "{}"));
        assertThat(client.renew(TaskToken.of(Samples.TOKEN), Samples.HOLDER))
                .isInstanceOf(RenewAnswer.Unavailable.class);
    }
}
