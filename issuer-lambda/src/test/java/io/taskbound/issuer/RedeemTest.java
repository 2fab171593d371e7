// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import static io.taskbound.http.TestIssuer.ARTIFACT;
import static io.taskbound.http.TestIssuer.SIGNER_SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.http.TestIssuer;
import io.taskbound.ledger.InMemoryLedger;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One use for one action on one target, and no more than the policy allows. */
class RedeemTest {
    private final TestIssuer issuer = new TestIssuer(new InMemoryLedger());

    @AfterEach
    void stop() {
        issuer.close();
    }

    @Test
    void isUsedOnceOnTheRightTargetAndRefusedOnEveryOther() {
        var token = issuer.mintSign().accessToken();

        assertThat(issuer.redeem(token, "sign", ARTIFACT.replace("app", "evil"), "a")
                        .text("reason"))
                .isEqualTo("not_permitted");
        assertThat(issuer.redeem(token, "delete", ARTIFACT, "b").text("reason")).isEqualTo("not_permitted");

        var first = issuer.redeem(token, "sign", ARTIFACT, "c");
        assertThat(first.active()).isTrue();
        assertThat(first.body().bool("first_use")).contains(true);
        assertThat(first.body().wholeNumber("uses_left")).hasValue(0);

        assertThat(issuer.redeem(token, "sign", ARTIFACT, "d").text("reason")).isEqualTo("spent");
        var again = issuer.redeem(token, "sign", ARTIFACT, "c");
        assertThat(again.active()).isFalse();
        assertThat(again.text("reason")).isEqualTo("repeat");
    }

    @Test
    void isDeadForRepeatsTooOnceItIsClosed() {
        var token = issuer.mintSign().accessToken();
        issuer.redeem(token, "sign", ARTIFACT, "c");

        assertThat(issuer.revoke(Map.of("token", token)).status()).isEqualTo(200);

        assertThat(issuer.redeem(token, "sign", ARTIFACT, "c").text("reason")).isEqualTo("closed");
        assertThat(issuer.renew(token).text("error")).isEqualTo("invalid_grant");
    }

    @Test
    void countsUsesForEachObjectByItself() {
        var details = "[{\"type\":\"task\",\"task\":\"update-ticket\",\"actions\":[\"read\"],"
                + "\"identifier\":\"ticket:SHOP-1\"},{\"type\":\"task\",\"task\":\"update-ticket\","
                + "\"actions\":[\"update\"],\"identifier\":\"record:42\"}]";
        var minted =
                issuer.token(TestIssuer.form(issuer.idToken(), UUID.randomUUID().toString(), details));
        var token = minted.accessToken();

        assertThat(redeemAtTracker(token, "read", "ticket:SHOP-1").body().wholeNumber("uses_left"))
                .hasValue(3);
        assertThat(redeemAtTracker(token, "read", "ticket:SHOP-1").body().wholeNumber("uses_left"))
                .hasValue(2);
        assertThat(redeemAtTracker(token, "read", "ticket:SHOP-1").text("reason"))
                .isEqualTo("spent");
        assertThat(redeemAtTracker(token, "update", "ticket:SHOP-1").text("reason"))
                .isEqualTo("not_permitted");
        assertThat(redeemAtTracker(token, "update", "record:42").active()).isTrue();
    }

    @Test
    void refusesBadCredentialsOfAServerInOneWay() {
        var token = issuer.mintSign().accessToken();
        for (var authorization : new String[] {
            TestIssuer.basic("signer", "wrong"),
            TestIssuer.basic("nobody", SIGNER_SECRET),
            TestIssuer.basic("SIGNER", SIGNER_SECRET),
            TestIssuer.basic("", ""),
            "Basic !!!",
            "Bearer " + SIGNER_SECRET,
            "Basic " + "A".repeat(5000)
        }) {
            var answer = issuer.post("/introspect", Map.of("token", token), Optional.of(authorization));
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.text("error")).isEqualTo("invalid_client");
            assertThat(answer.headers()).containsKey("WWW-Authenticate");
        }
        assertThat(issuer.post(
                                "/redeem",
                                Map.of("token", token, "action", "sign", "identifier", ARTIFACT),
                                Optional.empty())
                        .status())
                .isEqualTo(401);
    }

    private TestIssuer.Answer redeemAtTracker(String token, String action, String identifier) {
        return issuer.post(
                "/redeem",
                Map.of("token", token, "action", action, "identifier", identifier),
                Optional.of(TestIssuer.basic("tracker", TestIssuer.TRACKER_SECRET)));
    }
}
