// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import static io.taskbound.client.IssuerStandIn.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PendingApprovalTest {
    private static final String ID = "cnVucnVucnVucnVucnVucg.aGFzaGhhc2hoYXNoaGFzaGhhc2hoYXNoaGFzaGhhc2g";

    private final TestClock clock = new TestClock();
    private final IssuerStandIn issuer = new IssuerStandIn();

    @AfterEach
    void stop() {
        issuer.close();
    }

    private String body() {
        return "{\"error\":\"authorization_pending\",\"error_description\":\"an approver must approve\",\"request_id\":\"01JD-7\","
                + "\"approval_id\":\"" + ID + "\",\"approval_uri\":\"" + issuer.url() + "/approve/" + ID + "\","
                + "\"interval\":5,\"expires_in\":1790,\"approvers\":[\"release-managers\",\"security\"],"
                + "\"approvals_needed\":2,\"approvals_given\":1}";
    }

    private MintAnswer answered(String body) {
        issuer.playing(json(400, body));
        return Samples.client(issuer, clock).build().mint(Samples.idToken(), Samples.request());
    }

    private PendingApproval pending(String body) {
        return ((MintAnswer.Pending) answered(body)).approval();
    }

    @Test
    void isReadWhole() {
        assertThat(pending(body())).satisfies(approval -> {
            assertThat(approval.id()).isEqualTo(ID);
            assertThat(approval.uri()).contains(URI.create(issuer.url() + "/approve/" + ID));
            assertThat(approval.approvers()).isEqualTo(List.of("release-managers", "security"));
            assertThat(approval.needed()).isEqualTo(2);
            assertThat(approval.given()).isEqualTo(1);
            assertThat(approval.interval()).isEqualTo(Duration.ofSeconds(5));
            assertThat(approval.slowDown()).isFalse();
            assertThat(approval.until()).isEqualTo(TestClock.START.plusSeconds(1790));
            assertThat(approval.requestId()).contains("01JD-7");
        });
        assertThat(issuer.received()).hasSize(1);
    }

    @Test
    void leavesNoTokenBehind() {
        assertThat(answered(body()).mayHaveLeftAToken()).isFalse();
    }

    @Test
    void saysWhenItWasAskedForTooSoon() {
        assertThat(pending(body().replace("authorization_pending", "slow_down")).slowDown())
                .isTrue();
    }

    /** RFC 8628 section 3.2: five seconds where an answer says nothing. */
    @Test
    void hasAnIntervalWhereTheAnswerNamesNone() {
        assertThat(pending(body().replace("\"interval\":5,", "")).interval()).isEqualTo(Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @CsvSource({"0,1", "-7,1", "1,1", "300,300", "301,300", "9223372036854775807,300"})
    void keepsTheIntervalWithinBounds(String answered, long seconds) {
        assertThat(pending(body().replace("\"interval\":5", "\"interval\":" + answered))
                        .interval())
                .isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/approve/x",
                "ISSUER.evil.example/approve/x",
                "ISSUER0/approve/x",
                "ISSUER/approve/../../x",
                "ISSUER//evil.example/x",
                "ISSUER/approve/x?next=https://evil.example",
                "ISSUER/approve/x#y",
                "ISSUER/approve/a b",
                "ISSUER/approve/\\u001b[31m",
                "javascript:alert(1)",
                "ISSUER",
            })
    void hasNoLinkThatIsNotBelowTheIssuer(String uri) {
        var text = body().replace(issuer.url() + "/approve/" + ID, uri.replace("ISSUER", issuer.url()));
        assertThat(pending(text).uri()).isEmpty();
    }

    @Test
    void makesTheNamesOfGroupsPrintable() {
        assertThat(pending(body().replace("security", "a\\n::stop-commands::x")).approvers())
                .containsExactly("release-managers", "a\\u000A::stop-commands::x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"approval_id\":\"cnVu|\"approval_id\":\"",
                "\"approval_id\":\"cnVu|\"approval_id\":\"cn\\nu",
                "\"expires_in\":1790|\"expires_in\":\"1790\"",
                "\"expires_in\":1790|\"expires_in\":-1",
                "\"expires_in\":1790|\"expires_in\":86401",
                "\"interval\":5|\"interval\":\"5\"",
                "\"interval\":5|\"interval\":5.5",
                "[\"release-managers\",\"security\"]|[]",
                "[\"release-managers\",\"security\"]|[7]",
                "[\"release-managers\",\"security\"]|\"release-managers\"",
                "\"approvals_needed\":2|\"approvals_needed\":0",
                "\"approvals_needed\":2|\"approvals_needed\":101",
                "\"approvals_given\":1|\"approvals_given\":-1",
                ",\"approvals_given\":1|",
            })
    void refusesAnAnswerThatIsNotWhole(String change) {
        String[] parts = change.split("\\|", -1);
        assertThat(body()).contains(parts[0]);
        MintTest.assertNotAnIssuer(
                answered(body().replace(parts[0], parts[1])),
                "the address answered 400 without saying what is to be approved");
    }

    @Test
    void tellsADenialByItsApproval() {
        var denied = (MintAnswer.Refused) answered(
                "{\"error\":\"access_denied\",\"error_description\":\"denied\",\"approval_id\":\"" + ID + "\"}");
        assertThat(denied.approvalId()).contains(ID);
        var budget = (MintAnswer.Refused) answered("{\"error\":\"access_denied\",\"approval_id\":\"not one\"}");
        assertThat(budget.approvalId()).isEmpty();
    }

    @Test
    void isNamedByADryRun() {
        issuer.playing(json(200, "{\"would_grant\":true,\"needs_approval\":[\"release-managers\"]}"));
        var answer = Samples.client(issuer, clock).build().dryRun(Samples.idToken(), Samples.request());
        assertThat(answer).isEqualTo(new MintAnswer.WouldGrant(List.of("release-managers")));
    }
}
