// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import static io.taskbound.client.IssuerStandIn.cutOff;
import static io.taskbound.client.IssuerStandIn.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.taskbound.client.approval.ApprovalAnswer;
import io.taskbound.client.approval.ApprovalsAnswer;
import io.taskbound.client.approval.Decision;
import io.taskbound.client.approval.ListedApproval;
import io.taskbound.client.approval.ShownApproval;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApprovalCallTest {
    private static final String ID = "cnVucnVucnVucnVucnVucg.aGFzaGhhc2hoYXNoaGFzaGhhc2hoYXNoaGFzaGhhc2g";

    private final IssuerStandIn issuer = new IssuerStandIn();
    private final IssuerClient client = Samples.client(issuer, new TestClock()).build();

    @AfterEach
    void stop() {
        issuer.close();
    }

    private String body() {
        return "{\"approval_id\":\"" + ID + "\",\"approval_uri\":\"" + issuer.url() + "/approve/" + ID
                + "\",\"state\":\"pending\",\"task\":\"rotate-root-key\",\"text\":\"one\\ntwö\","
                + "\"text_sha256\":\"CANARY\",\"requested_at\":1795428000,\"expires_in\":600,"
                + "\"approvers\":[\"release-managers\"],\"approvals_needed\":2,\"may_decide\":false,\"may_deny\":true,\"why\":\"you asked\","
                + "\"decisions\":[{\"decision\":\"approve\",\"at\":1795428060,\"provider\":\"github\",\"name\":\"octocat\","
                + "\"comment\":\"go\\u001b[31m\"}]}";
    }

    private ShownApproval shown(String body) {
        issuer.playing(json(200, body));
        return ((ApprovalAnswer.Shown) client.approval(Samples.idToken(), ID)).approval();
    }

    @Test
    void showsWhatTheIssuerShows() {
        assertThat(shown(body())).satisfies(approval -> {
            assertThat(approval.id()).isEqualTo(ID);
            assertThat(approval.uri()).contains(URI.create(issuer.url() + "/approve/" + ID));
            assertThat(approval.text()).isEqualTo("one\ntwö");
            assertThat(approval.until()).isEqualTo(TestClock.START.plusSeconds(600));
            assertThat(approval.mayApprove()).isFalse();
            assertThat(approval.mayDeny()).isTrue();
            assertThat(approval.why()).contains("you asked");
            assertThat(approval.given()).isEqualTo(1);
            assertThat(approval.decisions())
                    .singleElement()
                    .satisfies(one -> assertThat(one.comment()).contains("go\\u001B[31m"));
        });
        assertThat(issuer.only().path()).isEqualTo("/approvals/" + ID);
        assertThat(issuer.only().form())
                .containsOnlyKeys("subject_token", "subject_token_type")
                .containsEntry("subject_token", Samples.idToken().text());
    }

    @Test
    void sendsTheHashOfTheTextThatWasShownAndNotTheServersOwn() {
        var shown = shown(body());
        client.decide(Samples.idToken(), new Decision(shown, true, Optional.of("after the call")));
        assertThat(issuer.received().get(1).form())
                .containsEntry("decision", "approve")
                // printf 'one\ntwö' | openssl dgst -sha256 -binary | basenc --base64url
                .containsEntry("shown", "07vBHdJIQcwtH1OzHTnmSYkgOd8hkoEXOZ9wrLzn21Q")
                .containsEntry("comment", "after the call");
        client.decide(Samples.idToken(), new Decision(shown, false, Optional.empty()));
        assertThat(issuer.received().get(2).form())
                .containsEntry("decision", "deny")
                .doesNotContainKey("comment");
    }

    /** What could not be shown as it is cannot be decided on. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "one\\ntwö|one\\u001b[2Ktwo",
                "one\\ntwö|one\\rtwo",
                "one\\ntwö|one\\u202etwo",
                "one\\ntwö|one\\u2028two",
                "one\\ntwö|one\\u200btwo",
                "one\\ntwö|",
                "\"may_decide\":false|\"may_decide\":\"no\"",
                "\"decision\":\"approve\"|\"decision\":\"maybe\"",
                "\"approvals_needed\":2|\"approvals_needed\":0",
                "\"expires_in\":600|\"expires_in\":-1",
                "\"at\":1795428060|\"at\":\"yesterday\"",
                "\"approval_id\":\"cnVu|\"approval_id\":\"Z25V",
            })
    void takesNoAnswerThatIsNotWholeOrOfAnotherApproval(String change) {
        String[] parts = change.split("\\|", -1);
        assertThat(body()).contains(parts[0]);
        issuer.playing(json(200, body().replace(parts[0], parts[1])));
        assertThat(client.approval(Samples.idToken(), ID))
                .isInstanceOfSatisfying(
                        ApprovalAnswer.Unavailable.class,
                        none -> assertThat(none.outage().sentence())
                                .isEqualTo("the address answered 200 without a whole approval"));
    }

    @Test
    void passesARefusalOnAndSaysThatAnAnswerWasLostBefore() {
        issuer.playing(cutOff(), json(400, Samples.refusal("access_denied")));
        assertThat(client.approval(Samples.idToken(), ID))
                .isInstanceOfSatisfying(ApprovalAnswer.Refused.class, refused -> {
                    assertThat(refused.refusal().code()).isEqualTo("access_denied");
                    assertThat(refused.afterLostAnswer()).isTrue();
                });
    }

    @Test
    void doesNotSendAnIdTokenOfSomebodyElse() {
        var foreign = Samples.idTokenFor("https://elsewhere.example");
        assertThat(client.approval(foreign, ID)).isInstanceOf(ApprovalAnswer.Unavailable.class);
        assertThat(client.approvals(foreign)).isInstanceOf(ApprovalsAnswer.Unavailable.class);
        assertThat(issuer.received()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "../token", "cnVu.aGFz", "a b"})
    void asksForNothingThatIsNoId(String id) {
        assertThatIllegalArgumentException().isThrownBy(() -> client.approval(Samples.idToken(), id));
        assertThat(issuer.received()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "two\nlines", "a\u001b[31m", "\u202e"})
    void sendsNoCommentThatIsNotOnePlainLine(String comment) {
        var shown = shown(body());
        assertThatIllegalArgumentException().isThrownBy(() -> new Decision(shown, true, Optional.of(comment)));
    }

    @Test
    void listsWhatWaits() {
        issuer.playing(json(
                200,
                "{\"approvals\":[{\"approval_id\":\"" + ID + "\",\"approval_uri\":\"https://evil.example/x\","
                        + "\"task\":\"rotate-root-key\",\"project\":\"acme/shop\",\"run\":\"7\\n\",\"link\":\"https://ci.example/7\","
                        + "\"requested_at\":1795428000,\"expires_in\":60}]}"));
        assertThat(client.approvals(Samples.idToken()))
                .isEqualTo(new ApprovalsAnswer.Listed(List.of(new ListedApproval(
                        ID,
                        Optional.empty(),
                        "rotate-root-key",
                        Optional.of("acme/shop"),
                        Optional.of("7\\u000A"),
                        Optional.of("https://ci.example/7"),
                        java.time.Instant.ofEpochSecond(1795428000),
                        TestClock.START.plusSeconds(60)))));
        assertThat(issuer.only().path()).isEqualTo("/approvals");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"approvals\":[{}]}", "{\"approvals\":[7]}"})
    void takesNoListThatIsNotWhole(String body) {
        issuer.playing(json(200, body));
        assertThat(client.approvals(Samples.idToken()))
                .isInstanceOfSatisfying(
                        ApprovalsAnswer.Unavailable.class,
                        none -> assertThat(none.outage().sentence())
                                .isEqualTo("the address answered 200 without a list of approvals"));
    }
}
