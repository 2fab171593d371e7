// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import static io.taskbound.lambda.TestIssuer.ARTIFACT;
import static io.taskbound.lambda.TestIssuer.SIGNER_SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.ledger.InMemoryLedger;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One token from its request to its end, through the same front door that API Gateway uses. */
class TaskTokenLifeTest {
    private final TestIssuer issuer = new TestIssuer(new InMemoryLedger());

    @AfterEach
    void stop() {
        issuer.close();
    }

    @Test
    void grantsOneTaskOnOneTarget() {
        var txn = UUID.randomUUID().toString();
        var answer = issuer.token(TestIssuer.signForm(issuer.idToken(), txn));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers()).containsEntry("Cache-Control", "no-store");
        assertThat(answer.text("token_type")).isEqualTo("Bearer");
        assertThat(answer.text("issued_token_type")).isEqualTo("urn:ietf:params:oauth:token-type:access_token");
        assertThat(answer.text("txn")).isEqualTo(txn);
        assertThat(answer.body().has("refresh_token")).isFalse();
        // 10 minutes from the whole second that iat names, so a fraction of a second less from now
        assertThat(answer.body().wholeNumber("expires_in")).hasValue(599);
        assertThat(answer.body().wholeNumber("lease_expires_in")).hasValue(60);
        assertThat(issuer.lastAudit())
                .contains("\"event\":\"mint\"", "\"result\":\"granted\"", "\"task\":\"sign-release\"", "\"jti\":\"")
                .contains("\"project_id\":\"2002\"", "\"started_by\":\"octocat\"", "\"rule\":");
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
        assertThat(again.active()).isTrue();
        assertThat(again.body().bool("first_use")).contains(false);
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
    void lapsesWhenItsHeartbeatStops() {
        var token = issuer.mintSign().accessToken();
        issuer.clock.advance(Duration.ofSeconds(59));
        assertThat(issuer.renew(token).body().wholeNumber("lease_expires_in")).hasValue(60);

        issuer.clock.advance(Duration.ofMillis(59_999));
        assertThat(issuer.renew(token).status()).isEqualTo(200);

        // at the deadline itself it is dead
        issuer.clock.advance(Duration.ofSeconds(60));
        assertThat(issuer.renew(token).text("error")).isEqualTo("invalid_grant");
        assertThat(issuer.redeem(token, "sign", ARTIFACT, "a").text("reason")).isEqualTo("lapsed");
    }

    @Test
    void namesItsWholeLeaseWhateverTheClockSaysBelowAMillisecond() {
        issuer.clock.advance(Duration.ofNanos(999_999));
        var form = TestIssuer.signForm(issuer.idToken(), UUID.randomUUID().toString());
        form.put("lease", "1");

        var minted = issuer.token(form);

        assertThat(minted.body().wholeNumber("lease_expires_in")).hasValue(1);
        assertThat(issuer.renew(minted.accessToken()).body().wholeNumber("lease_expires_in"))
                .hasValue(1);
    }

    @Test
    void isNeverRenewedPastItsExpiry() {
        var token = issuer.mintSign().accessToken();
        for (int beat = 0; beat < 11; beat++) {
            issuer.clock.advance(Duration.ofSeconds(50));
            assertThat(issuer.renew(token).status()).isEqualTo(200);
        }
        issuer.clock.advance(Duration.ofMillis(49_749));
        assertThat(issuer.renew(token).body().wholeNumber("lease_expires_in")).hasValue(0);

        issuer.clock.advance(Duration.ofMillis(1));
        assertThat(issuer.redeem(token, "sign", ARTIFACT, "a").text("reason")).isEqualTo("expired");
    }

    @Test
    void showsALimitedTokenAsInactiveToAServerThatMustRedeem() {
        var token = issuer.mintSign().accessToken();

        var answer = issuer.introspect(token, "signer", SIGNER_SECRET);

        assertThat(answer.body().members()).hasSize(1);
        assertThat(answer.active()).isFalse();
        assertThat(issuer.lastAudit()).contains("must_redeem");
    }

    @Test
    void showsAnUnlimitedTokenToItsOwnServerAlone() {
        var token = issuer.token(TestIssuer.deployForm(issuer.idToken())).accessToken();

        var own = issuer.introspect(token, "deployer", SIGNER_SECRET);
        assertThat(own.active()).isTrue();
        assertThat(own.text("sub")).startsWith("task:deploy:github:");
        assertThat(own.text("aud")).isEqualTo("https://deploy.acme.example");
        assertThat(own.text("client_id")).isEqualTo("github");
        assertThat(own.body().object("act").orElseThrow().string("sub")).contains("repo:acme/shop:ref:refs/heads/main");

        var other = issuer.introspect(token, "signer", SIGNER_SECRET);
        assertThat(other.body().members()).hasSize(1);
        assertThat(other.active()).isFalse();
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

    private TestIssuer.Answer redeemAtTracker(String token, String action, String identifier) {
        return issuer.post(
                "/redeem",
                Map.of("token", token, "action", action, "identifier", identifier),
                Optional.of(TestIssuer.basic("tracker", TestIssuer.TRACKER_SECRET)));
    }

    @Test
    void decidesADryRunWithoutConsumingAnything() {
        var proof = issuer.idToken();
        var form = TestIssuer.signForm(proof, UUID.randomUUID().toString());
        form.put("dry_run", "true");

        assertThat(issuer.token(form).body().bool("would_grant")).contains(true);
        assertThat(issuer.token(form).body().bool("would_grant")).contains(true);

        form.remove("dry_run");
        assertThat(issuer.token(form).status()).isEqualTo(200);
    }

    @Test
    void refusesAnUnknownTaskAndAForbiddenOneWithTheSameWords() {
        var unknown = issuer.token(TestIssuer.form(
                issuer.idToken(),
                UUID.randomUUID().toString(),
                "[{\"type\":\"task\",\"task\":\"no-such-task\",\"identifier\":\"x\"}]"));
        var forbidden = issuer.token(TestIssuer.signForm(
                issuer.idToken("repository_id", "6666"), UUID.randomUUID().toString()));

        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.text("error")).isEqualTo("invalid_authorization_details");
        assertThat(forbidden.status()).isEqualTo(unknown.status());
        assertThat(forbidden.text("error")).isEqualTo(unknown.text("error"));
        assertThat(forbidden.text("error_description")).isEqualTo(unknown.text("error_description"));
        assertThat(forbidden.text("request_id")).isNotEmpty();
        assertThat(issuer.lastAudit())
                .contains(forbidden.text("request_id"))
                .contains("\"nearest\":", "repository_id", "6666", "2002");
    }

    @Test
    void tellsOfAWrongResourceServerOnlyWhoMayDoTheTask() {
        var form = TestIssuer.signForm(issuer.idToken(), UUID.randomUUID().toString());
        form.put("resource", "https://deploy.acme.example");
        assertThat(issuer.token(form).text("error")).isEqualTo("invalid_target");

        var stranger = TestIssuer.signForm(
                issuer.idToken("repository_id", "6666"), UUID.randomUUID().toString());
        stranger.put("resource", "https://deploy.acme.example");
        assertThat(issuer.token(stranger).text("error")).isEqualTo("invalid_authorization_details");
    }

    @Test
    void refusesItsOwnTokenAsProof() {
        var own = issuer.mintSign().accessToken();

        var answer = issuer.token(TestIssuer.signForm(own, UUID.randomUUID().toString()));

        assertThat(answer.text("error")).isEqualTo("invalid_request");
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
}
