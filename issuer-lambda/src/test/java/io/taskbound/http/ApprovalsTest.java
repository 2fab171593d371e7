// SPDX-License-Identifier: Apache-2.0
package io.taskbound.http;

import static io.taskbound.http.TestIssuer.form;
import static io.taskbound.http.TestIssuer.proof;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.digest.Sha256;
import io.taskbound.http.TestIssuer.Answer;
import io.taskbound.json.JsonObject;
import io.taskbound.ledger.InMemoryLedger;
import io.taskbound.local.ClaimSet;
import io.taskbound.local.StandInProvider;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A step asks, people decide, over the issuer's own surface and by ID tokens that are really signed. */
class ApprovalsTest {
    private static final Map<String, String> ROTATE = Map.of("task", "rotate-root-key", "identifier", "key:root");
    private static final Map<String, String> DROP = Map.of("task", "drop-table", "identifier", "table:orders");

    private final SettableClock staffClock = new SettableClock(java.time.Instant.parse("2026-11-23T10:00:00.250Z"));
    private final StandInProvider staff = StandInProvider.start(staffClock);
    private final TestIssuer issuer = TestIssuer.withApprovals(new InMemoryLedger(), staff);
    private final String txn = UUID.randomUUID().toString();

    @AfterEach
    void stop() {
        issuer.close();
        staff.close();
    }

    private Answer ask(Map<String, String> task) {
        return ask(task, issuer.idToken());
    }

    private Answer ask(Map<String, String> task, String idToken) {
        return issuer.token(form(idToken, txn, details(task)));
    }

    private static String details(Map<String, String> task) {
        return "[{\"type\":\"task\",\"task\":\"" + task.get("task") + "\",\"identifier\":\"" + task.get("identifier")
                + "\"}]";
    }

    private String pending(Map<String, String> task) {
        var answer = ask(task);
        assertThat(answer.text("error")).as(answer.toString()).isEqualTo("authorization_pending");
        return answer.text("approval_id");
    }

    /** The ID token of a workflow run that this person started by hand. */
    private String byWorkflow(String actorId) {
        return byWorkflow(actorId, Map.of());
    }

    private String byWorkflow(String actorId, Map<String, Object> other) {
        var claims = issuer.githubClaims();
        claims.put("event_name", "workflow_dispatch");
        claims.put("workflow_ref", "acme/shop/.github/workflows/approve.yml@refs/heads/main");
        claims.put("run_id", "8001");
        claims.put("actor", "person-" + actorId);
        claims.put("actor_id", actorId);
        claims.putAll(other);
        return issuer.provider.idToken(ClaimSet.of(claims));
    }

    /** The ID token of a person at the company's identity provider. */
    private String byStaff(String sub, Map<String, Object> other) {
        long now = staffClock.instant().getEpochSecond();
        var claims = new LinkedHashMap<String, Object>();
        claims.put("iss", staff.issuer());
        claims.put("aud", TestIssuer.ISSUER);
        claims.put("sub", sub);
        claims.put("jti", UUID.randomUUID().toString());
        claims.put("iat", now);
        claims.put("exp", now + 300);
        claims.put("groups", List.of("managers"));
        claims.put("github_id", "99" + sub);
        claims.put("preferred_username", "staff-" + sub);
        claims.putAll(other);
        return staff.idToken(ClaimSet.of(claims));
    }

    private Answer show(String id, String idToken) {
        return issuer.post("/approvals/" + id, proof(idToken), Optional.empty());
    }

    private Answer decide(String id, String idToken, String decision) {
        return decide(id, idToken, decision, show(id, idToken).text("text_sha256"));
    }

    private Answer decide(String id, String idToken, String decision, String shown) {
        var form = proof(idToken);
        form.put("decision", decision);
        form.put("shown", shown);
        return issuer.post("/approvals/" + id, form, Optional.empty());
    }

    private void later(Duration time) {
        issuer.clock.advance(time);
        staffClock.advance(time);
    }

    private static void refused(Answer answer, String code, String sentence) {
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("error")).isEqualTo(code);
        assertThat(answer.text("error_description")).contains(sentence);
    }

    /** The step is told which approval came to nothing. */
    private static void refused(Answer answer, String code, String sentence, String approval) {
        refused(answer, code, sentence);
        assertThat(answer.text("approval_id")).isEqualTo(approval);
    }

    private String audited(String member) {
        return StrictJsons.read(issuer.lastAudit()).string(member).orElse("");
    }

    @Test
    void aStepWaitsForAPersonAndGetsItsTokenOnce() {
        var answer = ask(ROTATE);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("error")).isEqualTo("authorization_pending");
        assertThat(answer.body().wholeNumber("expires_in")).hasValue(1800);
        assertThat(answer.body().wholeNumber("interval")).hasValue(5);
        assertThat(answer.body().wholeNumber("approvals_needed")).hasValue(1);
        assertThat(answer.body().wholeNumber("approvals_given")).hasValue(0);
        assertThat(answer.body().array("approvers").orElseThrow().toString()).contains("managers");
        var id = answer.text("approval_id");
        assertThat(answer.text("approval_uri")).isEqualTo(TestIssuer.ISSUER + "/approve/" + id);

        var shown = show(id, byWorkflow("13"));
        assertThat(shown.status()).isEqualTo(200);
        assertThat(shown.text("state")).isEqualTo("pending");
        assertThat(shown.body().bool("may_decide")).contains(true);
        assertThat(shown.text("text"))
                .contains("rotate-root-key: Rotate the root key")
                .contains("rotate key:root")
                .contains("acme/shop (repo:1001/2002), started by octocat (12)")
                .contains("at most 10 min, each target once")
                .contains(txn);
        assertThat(shown.text("text_sha256")).isEqualTo(Sha256.base64Url(shown.text("text"), 32));

        var recorded = decide(id, byWorkflow("13"), "approve");
        assertThat(recorded.text("state")).as(recorded.toString()).isEqualTo("approved");
        assertThat(audited("result")).isEqualTo("approved");
        assertThat(audited("approver")).isEqualTo("person-13");

        later(Duration.ofSeconds(5));
        var granted = ask(ROTATE);
        assertThat(granted.status()).as(granted.toString()).isEqualTo(200);
        later(Duration.ofSeconds(5));
        refused(ask(ROTATE), "access_denied", "this approval was used", id);
    }

    @Test
    void waitingUsesUpNothing() {
        var idToken = issuer.idToken();
        var first = ask(ROTATE, idToken);
        later(Duration.ofSeconds(5));

        var again = ask(ROTATE, idToken);

        assertThat(again.text("error")).isEqualTo("authorization_pending");
        assertThat(again.text("approval_id")).isEqualTo(first.text("approval_id"));
        decide(first.text("approval_id"), byWorkflow("13"), "approve");
        later(Duration.ofSeconds(5));
        assertThat(ask(ROTATE, idToken).status()).isEqualTo(200);
    }

    @Test
    void aLostAnswerIsGivenAgain() {
        decide(pending(ROTATE), byWorkflow("13"), "approve");
        later(Duration.ofSeconds(5));
        var idToken = issuer.idToken();
        var first = ask(ROTATE, idToken);

        var again = ask(ROTATE, idToken);

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.text("jti")).isEqualTo(first.text("jti"));
    }

    @Test
    void whoAsksTooSoonIsToldToSlowDown() {
        ask(ROTATE);
        later(Duration.ofSeconds(2));

        var answer = ask(ROTATE);

        assertThat(answer.text("error")).isEqualTo("slow_down");
        assertThat(answer.body().has("approval_id")).isTrue();
    }

    @Test
    void aNoIsANo() {
        var id = pending(ROTATE);
        assertThat(decide(id, byWorkflow("13"), "deny").text("state")).isEqualTo("denied");
        later(Duration.ofSeconds(5));

        refused(ask(ROTATE), "access_denied", "an approver denied this request", id);
        refused(decide(id, byStaff("7", Map.of()), "approve"), "access_denied", "this request was denied");
    }

    @Test
    void untilItIsUsedAnApprovalCanBeTakenBack() {
        var id = pending(ROTATE);
        decide(id, byWorkflow("13"), "approve");
        assertThat(show(id, byWorkflow("13")).body().bool("may_decide")).contains(false);
        assertThat(show(id, byWorkflow("13")).body().bool("may_deny")).contains(true);
        refused(decide(id, byWorkflow("12"), "deny"), "access_denied", "you started the run");

        assertThat(decide(id, byWorkflow("13"), "deny").text("state")).isEqualTo("denied");

        later(Duration.ofSeconds(5));
        refused(ask(ROTATE), "access_denied", "an approver denied this request");
    }

    @Test
    void whatIsUsedCannotBeTakenBack() {
        var id = pending(ROTATE);
        decide(id, byWorkflow("13"), "approve");
        later(Duration.ofSeconds(5));
        ask(ROTATE);

        refused(decide(id, byWorkflow("13"), "deny"), "access_denied", "its token was issued");
    }

    @Test
    void anIdTokenThatWasExchangedBeforeAsksNobody() {
        var idToken = issuer.idToken();
        assertThat(issuer.token(TestIssuer.deployForm(idToken)).status()).isEqualTo(200);

        refused(ask(ROTATE, idToken), "invalid_request", "not exchanged before");
        assertThat(listed(byWorkflow("13"))).doesNotContain("rotate-root-key");
        decide(pending(ROTATE), byWorkflow("13"), "approve");
        later(Duration.ofSeconds(5));
        refused(ask(ROTATE, idToken), "invalid_request", "not exchanged before");
        assertThat(ask(ROTATE).status()).isEqualTo(200);
    }

    @Test
    void nobodyInTimeIsANoToo() {
        var id = pending(ROTATE);
        later(Duration.ofMinutes(30));

        refused(ask(ROTATE), "expired_token", "nobody approved this request in time", id);
        refused(decide(id, byWorkflow("13"), "approve"), "expired_token", "the time to approve this is over");
    }

    @Test
    void whoeverStartedTheRunCannotApproveIt() {
        var id = pending(ROTATE);

        refused(decide(id, byWorkflow("12"), "approve"), "access_denied", "you started the run");
        assertThat(audited("reason")).isEqualTo("own_request");
        assertThat(show(id, byWorkflow("12")).text("why")).contains("you started the run");
        assertThat(show(id, byWorkflow("13")).text("state")).isEqualTo("pending");
    }

    @Test
    void norUnderAnotherProvider() {
        var id = pending(ROTATE);

        refused(decide(id, byStaff("7", Map.of("github_id", "12")), "approve"), "access_denied", "you started the run");
        refused(decide(id, byStaff("7", Map.of("github_id", 12)), "approve"), "access_denied", "you started the run");
        refused(
                decide(id, byStaff("7", Map.of("github_id", "")), "approve"),
                "access_denied",
                "does not say who you are");
        assertThat(decide(id, byStaff("7", Map.of()), "approve").text("state")).isEqualTo("approved");
    }

    /** A name, or a number that is padded, would be nobody's there, and so never the starter's. */
    @ParameterizedTest
    @ValueSource(strings = {"octocat", "012", " 12", "12\t", "0"})
    void anIdThatIsNoneThereTellsNothing(String id) {
        var approval = pending(ROTATE);

        refused(
                decide(approval, byStaff("7", Map.of("github_id", id)), "approve"),
                "access_denied",
                "does not say who you are");
        assertThat(show(approval, byWorkflow("13")).text("state")).isEqualTo("pending");
    }

    @Test
    void whoeverHasAMachineStartTheRunGetsNoApprovalOfHisOwn() {
        var byMachine = issuer.idToken(Map.of("actor", "github-actions[bot]", "actor_id", "41898282"));

        refused(ask(ROTATE, byMachine), "access_denied", "a machine started this run");
        assertThat(audited("reason")).isEqualTo("hidden_starter");
        assertThat(ask(DROP, byMachine).text("error")).isEqualTo("authorization_pending");
    }

    @Test
    void onePersonIsOneInWhateverOrderHeApproves() {
        var id = ask(DROP, issuer.idToken(Map.of("actor", "github-actions[bot]", "actor_id", "41898282")))
                .text("approval_id");

        refused(
                decide(id, byStaff("7", Map.of("github_id", "")), "approve"),
                "access_denied",
                "does not say who you are");
        assertThat(decide(id, byWorkflow("13"), "approve").text("state")).isEqualTo("pending");
    }

    @Test
    void twoPeopleAreTwo() {
        var id = pending(DROP);
        var once = decide(id, byWorkflow("13"), "approve");
        assertThat(once.text("state")).as(once.toString()).isEqualTo("pending");
        refused(decide(id, byWorkflow("13"), "approve"), "access_denied", "you have decided on this request before");
        refused(
                decide(id, byStaff("7", Map.of("github_id", "13")), "approve"),
                "access_denied",
                "you have decided on this request before");
        later(Duration.ofSeconds(5));
        assertThat(ask(DROP).body().wholeNumber("approvals_given")).hasValue(1);

        assertThat(decide(id, byStaff("7", Map.of()), "approve").text("state")).isEqualTo("approved");

        later(Duration.ofSeconds(5));
        assertThat(ask(DROP).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "event_name, push",
        "event_name, schedule",
        "workflow_ref, acme/shop/.github/workflows/other.yml@refs/heads/main",
        "repository_id, 6666",
        "run_attempt, 2",
        "actor_id, 99"
    })
    void whoeverElseLearnsNothing(String claim, String value) {
        var id = pending(ROTATE);

        var answer = show(id, byWorkflow("13", Map.of(claim, value)));

        refused(answer, "access_denied", "no request that this identity may approve has this id");
        var unknown = id.substring(0, 30) + (id.charAt(30) == 'x' ? 'y' : 'x') + id.substring(31);
        assertThat(show(unknown, byWorkflow("13")).text("error_description"))
                .isEqualTo(answer.text("error_description"));
    }

    @Test
    void aMachineCannotApprove() {
        var id = pending(ROTATE);

        refused(
                decide(id, byWorkflow("13", Map.of("actor", "release[bot]")), "approve"),
                "access_denied",
                "a machine cannot approve");
        var claims = byStaff("7", Map.of("sub", "client-7"));
        assertThat(decide(id, claims, "approve").status()).isEqualTo(200);
    }

    @Test
    void aDecisionIsAboutTheTextThatWasShown() {
        var id = pending(ROTATE);
        var other = Sha256.base64Url("another text", 32);

        refused(decide(id, byWorkflow("13"), "approve", other), "invalid_request", "is not the text of this request");
        assertThat(show(id, byWorkflow("13")).text("state")).isEqualTo("pending");
    }

    @Test
    void aRefusedDecisionDoesNotUseUpItsIdToken() {
        var id = pending(ROTATE);
        var idToken = byWorkflow("13");
        decide(id, idToken, "approve", Sha256.base64Url("another text", 32));

        assertThat(decide(id, idToken, "approve").status()).isEqualTo(200);
    }

    @Test
    void anIdTokenDecidesOnce() {
        var first = pending(ROTATE);
        var idToken = byWorkflow("13");
        decide(first, idToken, "approve");
        var second = issuer.token(form(issuer.idToken(), UUID.randomUUID().toString(), details(ROTATE)))
                .text("approval_id");

        refused(decide(second, idToken, "approve"), "invalid_request", "subject_token is not acceptable");
        assertThat(show(second, byWorkflow("13")).text("state")).isEqualTo("pending");
    }

    @Test
    void aNewVersionOfThePolicyWantsANewApproval() {
        var id = pending(ROTATE);
        decide(id, byWorkflow("13"), "approve");
        issuer.policy.replace(
                TestIssuer.compile(TestIssuer.policyJsonWithApprovals(issuer.provider.issuer(), staff.issuer())
                        .replace("\"within\":\"30m\"", "\"within\":\"20m\"")));
        later(Duration.ofSeconds(5));

        assertThat(show(id, byWorkflow("13")).text("state")).isEqualTo("replaced");
        var answer = ask(ROTATE);

        assertThat(answer.text("error")).isEqualTo("authorization_pending");
        assertThat(answer.text("approval_id")).isNotEqualTo(id);
        refused(decide(id, byStaff("7", Map.of()), "approve"), "access_denied", "the policy has changed since");
    }

    @Test
    void anApprovalDiesWithItsRun() {
        var id = pending(ROTATE);
        issuer.revoke(Map.of(
                "subject_token",
                issuer.idToken(),
                "subject_token_type",
                "urn:ietf:params:oauth:token-type:id_token",
                "handle",
                "run:*"));

        refused(decide(id, byWorkflow("13"), "approve"), "access_denied", "has ended");
        assertThat(show(id, byWorkflow("13")).text("state")).isEqualTo("ended");
    }

    @Test
    void onlyTheClientThatAskedCanUseIt() {
        decide(pending(ROTATE), byWorkflow("13"), "approve");
        later(Duration.ofSeconds(5));
        var other = form(issuer.idToken(), txn, details(ROTATE));
        other.put("holder_challenge", "A".repeat(42) + "E");

        assertThat(issuer.token(other).text("error")).isEqualTo("authorization_pending");
        assertThat(ask(ROTATE).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"txn", "holder_challenge"})
    void whatTheStepMustKeepIsAskedFor(String parameter) {
        var form = form(issuer.idToken(), txn, details(ROTATE));
        form.remove(parameter);

        refused(issuer.token(form), "invalid_request", "this task needs an approval: send txn");
    }

    @Test
    void aReRunDoesNotSayWhoStartedIt() {
        refused(ask(ROTATE, issuer.idToken("run_attempt", "2")), "access_denied", "start a new run");
    }

    @Test
    void aDryRunSaysThatPeopleAreNeeded() {
        var form = form(issuer.idToken(), txn, details(ROTATE));
        form.put("dry_run", "true");

        var answer = issuer.token(form);

        assertThat(answer.body().bool("would_grant")).contains(true);
        assertThat(answer.body().array("needs_approval").orElseThrow().toString())
                .contains("managers");
    }

    @Test
    void whatWaitsIsListedForThoseWhoMayDecide() {
        var id = pending(ROTATE);

        assertThat(listed(byWorkflow("13"))).contains(id);
        assertThat(listed(byWorkflow("12"))).doesNotContain(id);
        assertThat(listed(issuer.idToken())).doesNotContain(id);
        decide(id, byWorkflow("13"), "approve");
        assertThat(listed(byStaff("7", Map.of()))).doesNotContain(id);
    }

    @Test
    void whatOthersMayDecideTakesNoPlaceInTheList() {
        var id = issuer.token(form(issuer.idToken(Map.of("run_id", "777", "actor_id", "13")), txn, details(ROTATE)))
                .text("approval_id");
        for (int run = 1; run <= 3; run++) {
            for (int i = 0; i < 20; i++) {
                later(Duration.ofMillis(10));
                var idToken = issuer.idToken(Map.of("run_id", "90" + run));
                assertThat(issuer.token(form(idToken, UUID.randomUUID().toString(), details(ROTATE)))
                                .text("error"))
                        .isEqualTo("authorization_pending");
            }
        }

        assertThat(listed(byWorkflow("12"))).contains(id);
    }

    @Test
    void whatHasEndedWithItsRunIsNotListed() {
        var id = pending(ROTATE);
        issuer.revoke(Map.of(
                "subject_token",
                issuer.idToken(),
                "subject_token_type",
                "urn:ietf:params:oauth:token-type:id_token",
                "handle",
                "run:*"));

        assertThat(listed(byWorkflow("13"))).doesNotContain(id);
    }

    private String listed(String idToken) {
        var answer = issuer.post("/approvals", proof(idToken), Optional.empty());
        assertThat(answer.status()).isEqualTo(200);
        return answer.body().toString();
    }

    @Test
    void commentsAreKeptAndCannotBreakALine() {
        var id = pending(ROTATE);
        var form = proof(byWorkflow("13"));
        form.put("decision", "deny");
        form.put("shown", show(id, byWorkflow("13")).text("text_sha256"));
        form.put("comment", "not \u202e today");
        refused(issuer.post("/approvals/" + id, form, Optional.empty()), "invalid_request", "comment must be");
        form.put("comment", "not before the audit");

        var answer = issuer.post("/approvals/" + id, form, Optional.empty());

        assertThat(answer.body().toString()).contains("not before the audit");
        assertThat(audited("comment")).isEqualTo("not before the audit");
    }

    @Test
    void aRunCannotAskWithoutEnd() {
        for (int i = 0; i < 20; i++) {
            issuer.token(form(issuer.idToken(), UUID.randomUUID().toString(), details(ROTATE)));
        }

        refused(ask(ROTATE), "access_denied", "as many approvals as it may");
    }

    @Test
    void peopleAreToldOnce() {
        pending(ROTATE);
        later(Duration.ofSeconds(5));
        ask(ROTATE);

        var lines = issuer.audit.stream()
                .filter(line -> line.contains("\"event\":\"approval\""))
                .toList();
        assertThat(lines).hasSize(1);
        var line = StrictJsons.read(lines.get(0));
        assertThat(line.string("result")).contains("requested");
        assertThat(line.string("approval_uri").orElseThrow()).startsWith(TestIssuer.ISSUER + "/approve/");
        assertThat(line.string("task")).contains("rotate-root-key");
        assertThat(line.string("stable_sub")).contains("repo:1001/2002");
    }

    /** Reads one audit line. */
    private static final class StrictJsons {
        static JsonObject read(String line) {
            try {
                return io.taskbound.json.StrictJson.parseObject(line.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            } catch (io.taskbound.json.MalformedJson broken) {
                throw new AssertionError(broken);
            }
        }
    }
}
