// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.http.TestIssuer;
import io.taskbound.http.TestIssuer.Answer;
import io.taskbound.ledger.InMemoryLedger;
import io.taskbound.token.Jti;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What change windows do to a mint. The issuer's clock says 2026-11-23T10:00:00.250Z, a Monday. */
class MintWindowTest {
    private final InMemoryLedger ledger = new InMemoryLedger();
    private final TestIssuer issuer = new TestIssuer(ledger);

    @AfterEach
    void stop() {
        issuer.close();
    }

    /** Puts a policy in force whose promotions have these windows: two at a time, and 15 minutes long. */
    private void promotionsHave(String fields) {
        issuer.policy.replace(TestIssuer.compile(TestIssuer.policyJson(issuer.provider.issuer())
                .replace("\"max_live\":2,\"max_live_per_run\":1", "\"max_live\":1," + fields)));
    }

    private Map<String, String> promotion() {
        return TestIssuer.promoteForm(issuer.idToken());
    }

    private static void assertRefused(Answer answer, String words) {
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("error")).isEqualTo("access_denied");
        assertThat(answer.text("error_description")).contains(words).doesNotContain("2026");
    }

    @Test
    void aTokenNeverOutlivesItsWindow() throws Exception {
        promotionsHave("\"windows\":[{\"from\":\"2026-11-23T09:00:00Z\",\"to\":\"2026-11-23T10:10:00Z\","
                + "\"change\":\"CHG7\"}],\"lease\":\"14m\"");

        var granted = issuer.token(promotion());

        assertThat(granted.status()).isEqualTo(200);
        assertThat(granted.body().wholeNumber("expires_in")).hasValue(599);
        assertThat(granted.body().wholeNumber("lease_expires_in")).hasValue(599);
        var record = ledger.find(Jti.parse(granted.text("jti")).orElseThrow()).orElseThrow();
        assertThat(record.life().expires()).isEqualTo(Instant.parse("2026-11-23T10:10:00Z"));
        assertThat(record.grant().window().orElseThrow().change()).contains("CHG7");
        var claims = com.nimbusds.jwt.SignedJWT.parse(granted.accessToken()).getJWTClaimsSet();
        assertThat(claims.getExpirationTime()).isEqualTo("2026-11-23T10:10:00Z");
    }

    @Test
    void aLongWindowDoesNotMakeATokenLiveLonger() {
        promotionsHave("\"windows\":[{\"from\":\"09:00\",\"to\":\"16:00\",\"zone\":\"Europe/Berlin\"}]");

        assertThat(issuer.token(promotion()).body().wholeNumber("expires_in")).hasValue(899);
    }

    /** In Berlin it is eleven: its window from twelve on is closed, and its owner sees when it opens. */
    @Test
    void outsideItsWindowsNothingIsGrantedAndNothingUsedUp() {
        promotionsHave("\"windows\":[{\"from\":\"12:00\",\"to\":\"16:00\",\"zone\":\"Europe/Berlin\"}]");
        var form = promotion();

        assertRefused(issuer.token(form), "may only be done in its change windows, and none is open");
        assertThat(issuer.lastAudit())
                .contains(
                        "\"reason\":\"outside_window\"",
                        "\"detail\":\"the next window opens at 2026-11-23T11:00:00Z\"");

        promotionsHave("\"windows\":[{\"from\":\"11:00\",\"to\":\"16:00\",\"zone\":\"Europe/Berlin\"}]");
        assertThat(issuer.token(form).status())
                .as("the same proof, and the task's only place")
                .isEqualTo(200);
    }

    @Test
    void inItsLastSecondsNothingIsGrantedAndNothingUsedUp() {
        var window = "\"windows\":[{\"from\":\"2026-11-23T09:00:00Z\",\"to\":\"2026-11-23T10:00:0%dZ\"}]";
        promotionsHave(window.formatted(5));
        var form = promotion();

        assertRefused(issuer.token(form), "ends within seconds");
        assertThat(issuer.lastAudit()).contains("\"reason\":\"outside_window\"");

        promotionsHave(window.formatted(6));
        assertThat(issuer.token(form).status()).isEqualTo(200);
    }

    @Test
    void aDryRunIsToldTheSame() {
        promotionsHave("\"windows\":[{\"from\":\"12:00\",\"to\":\"16:00\",\"zone\":\"Europe/Berlin\"}]");
        var form = promotion();
        form.put("dry_run", "true");

        assertRefused(issuer.token(form), "none is open");
    }

    /** The clock that counts is the issuer's: the provider's may be ahead or behind. */
    @Test
    void theProvidersClockDoesNotMatter() {
        promotionsHave("\"windows\":[{\"from\":\"2026-11-23T10:00:00Z\",\"to\":\"2026-11-23T10:05:00Z\"}]");

        for (int off : new int[] {-30, 30}) {
            long iat = issuer.clock.instant().plusSeconds(off).getEpochSecond();
            var claims = issuer.githubClaims();
            claims.put("iat", iat);
            claims.put("nbf", iat);
            claims.put("exp", iat + 300);
            var granted = issuer.token(
                    TestIssuer.promoteForm(issuer.provider.idToken(io.taskbound.local.ClaimSet.of(claims))));

            assertThat(granted.status()).as("%d s off: %s", off, granted).isEqualTo(200);
            assertThat(granted.body().wholeNumber("expires_in")).hasValue(299);
            issuer.revoke(Map.of("token", granted.accessToken()));
        }
        issuer.clock.advance(Duration.ofMinutes(5));
        var late = issuer.githubClaims();
        late.put("iat", issuer.clock.instant().minusSeconds(30).getEpochSecond());
        assertRefused(
                issuer.token(TestIssuer.promoteForm(issuer.provider.idToken(io.taskbound.local.ClaimSet.of(late)))),
                "none is open");
    }

    @Test
    void whatIsOnlyWatchedIsGrantedAndSaid() {
        promotionsHave(
                "\"windows\":[{\"from\":\"12:00\",\"to\":\"16:00\",\"zone\":\"Europe/Berlin\"}],\"enforce\":false");

        assertThat(issuer.token(promotion()).body().wholeNumber("expires_in")).hasValue(899);
        assertThat(issuer.lastAudit()).contains("\"shadow\":[\"outside_window\"]", "\"result\":\"granted\"");

        var dryRun = promotion();
        dryRun.put("dry_run", "true");
        assertThat(issuer.token(dryRun).body().bool("would_grant")).contains(true);
        assertThat(issuer.lastAudit()).contains("\"shadow\":[\"outside_window\",\"too_many_live\"]");

        assertThat(issuer.token(promotion()).status()).isEqualTo(200);
        assertThat(issuer.lastAudit()).contains("\"shadow\":[\"outside_window\",\"too_many_live\"]");
    }

    @Test
    void whatIsWatchedAndHasNothingAgainstItSaysNothing() {
        promotionsHave(
                "\"windows\":[{\"from\":\"11:00\",\"to\":\"16:00\",\"zone\":\"Europe/Berlin\"}],\"enforce\":false");

        assertThat(issuer.token(promotion()).status()).isEqualTo(200);
        assertThat(issuer.lastAudit()).doesNotContain("shadow");
    }

    @Test
    void rulesAndTargetsCountForAWatchedTaskToo() {
        promotionsHave("\"enforce\":false");

        assertThat(issuer.token(TestIssuer.promoteForm(issuer.idToken("repository_id", "6666")))
                        .text("error"))
                .isEqualTo("invalid_authorization_details");
        assertThat(issuer.token(TestIssuer.form(
                                issuer.idToken(),
                                UUID.randomUUID().toString(),
                                "[{\"type\":\"task\",\"task\":\"promote\",\"identifier\":\"env:production\"}]"))
                        .text("error"))
                .isEqualTo("invalid_authorization_details");
    }

    /** As after an outage: the record was written in the window, and its end must not move. */
    @Test
    void aLostAnswerGivenAgainHasTheSameEnd() {
        promotionsHave("\"windows\":[{\"from\":\"2026-11-23T09:00:00Z\",\"to\":\"2026-11-23T10:10:00Z\"}]");
        var form = promotion();
        var first = issuer.token(form);
        issuer.clock.advance(Duration.ofSeconds(10));

        var again = issuer.token(form);

        assertThat(again.text("jti")).isEqualTo(first.text("jti"));
        assertThat(again.body().wholeNumber("expires_in")).hasValue(589);
    }
}
