// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.http.TestIssuer;
import io.taskbound.http.TestIssuer.Answer;
import io.taskbound.json.JsonObject;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import io.taskbound.ledger.Cause;
import io.taskbound.ledger.InMemoryLedger;
import io.taskbound.ledger.Liveness;
import io.taskbound.ledger.TokenRecord;
import io.taskbound.token.Jti;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens that reach the end of their window, and tokens whose window a new policy has closed. It is ten o'clock. */
class WindowLooksTest {
    private static final String UNTIL_NOON = window("2026-11-23T09:00:00Z", "2026-11-23T12:00:00Z");
    private static final String OVER = window("2026-11-23T09:00:00Z", "2026-11-23T10:00:01Z");

    private final InMemoryLedger ledger = new InMemoryLedger();
    private final TestIssuer issuer = new TestIssuer(ledger);

    @AfterEach
    void stop() {
        issuer.close();
    }

    private static String window(String from, String to) {
        return "\"windows\":[{\"from\":\"" + from + "\",\"to\":\"" + to + "\",\"change\":\"CHG7\"}],";
    }

    /** Puts a policy in force in which signing and deploying have these fields. */
    private void tasksHave(String fields) {
        issuer.policy.replace(TestIssuer.compile(TestIssuer.policyJson(issuer.provider.issuer())
                .replace("\"max_lifetime\":\"10m\"", fields + "\"max_lifetime\":\"10m\"")
                .replace("\"max_lifetime\":\"15m\",\"allow\"", fields + "\"max_lifetime\":\"15m\",\"allow\"")));
    }

    private void withoutTheTasks() {
        issuer.policy.replace(TestIssuer.compile(TestIssuer.policyJson(issuer.provider.issuer())
                .replace("\"sign-release\":", "\"sign-other\":")
                .replace("\"deploy\":{", "\"deploy-other\":{")));
    }

    private Answer signing() {
        tasksHave(UNTIL_NOON);
        return issuer.mintSign();
    }

    private Answer deploying() {
        tasksHave(UNTIL_NOON);
        var granted = issuer.token(TestIssuer.deployForm(issuer.idToken()));
        assertThat(granted.status()).isEqualTo(200);
        return granted;
    }

    private TokenRecord record(Answer granted) {
        return ledger.find(Jti.parse(granted.text("jti")).orElseThrow()).orElseThrow();
    }

    private List<String> ends() {
        return issuer.audit.stream()
                .filter(line -> line.contains("\"event\":\"ended\""))
                .toList();
    }

    private void assertEndedOnceByThePolicy(Answer granted) {
        assertThat(ends())
                .singleElement()
                .satisfies(line ->
                        assertThat(line).contains("\"cause\":\"window\"", "\"by\":\"policy\"", granted.text("jti")));
        assertThat(record(granted).livenessAt(issuer.clock.instant())).isEqualTo(Liveness.CLOSED);
        assertThat(issuer.audit).noneMatch(line -> line.contains("\"event\":\"missing_close\""));
    }

    private Answer introspect(Answer granted) {
        return issuer.introspect(granted.accessToken(), "deployer", TestIssuer.SIGNER_SECRET);
    }

    private Answer redeem(Answer granted) {
        return issuer.redeem(granted.accessToken(), "sign", TestIssuer.ARTIFACT, "first");
    }

    @Test
    void aWindowThatWasEndedEarlyKillsAtTheNextRedemption() {
        var granted = signing();
        issuer.clock.advance(Duration.ofSeconds(5));
        tasksHave(OVER);

        var answer = redeem(granted);

        assertThat(answer.active()).isFalse();
        assertThat(answer.text("reason")).isEqualTo("window");
        assertThat(issuer.lastAudit()).contains("\"result\":\"inactive\"", "\"reason\":\"window\"");
        assertThat(redeem(granted).text("reason")).isEqualTo("window");
        assertEndedOnceByThePolicy(granted);
    }

    @Test
    void atTheNextIntrospection() {
        var granted = deploying();
        assertThat(introspect(granted).active()).isTrue();
        issuer.clock.advance(Duration.ofSeconds(5));
        tasksHave(OVER);

        assertThat(introspect(granted).active()).isFalse();
        assertThat(issuer.lastAudit()).contains("\"reason\":\"window\"");
        assertEndedOnceByThePolicy(granted);
    }

    @Test
    void atTheNextHeartbeat() {
        var granted = signing();
        issuer.clock.advance(Duration.ofSeconds(5));
        assertThat(issuer.renew(granted.accessToken()).status()).isEqualTo(200);
        tasksHave(OVER);

        var answer = issuer.renew(granted.accessToken());

        assertThat(answer.text("error")).isEqualTo("invalid_grant");
        assertThat(answer.text("error_description")).contains("its change window has ended");
        assertThat(issuer.lastAudit()).contains("\"reason\":\"window\"");
        assertEndedOnceByThePolicy(granted);
    }

    @Test
    void andTheReceiptSaysSo() throws Exception {
        var granted = signing();
        issuer.clock.advance(Duration.ofSeconds(5));
        tasksHave(OVER);

        var predicate = receipt(granted);

        assertThat(predicate.string("state")).contains("closed");
        var end = predicate.object("end").orElseThrow();
        assertThat(end.string("cause")).contains("window");
        assertThat(end.string("by")).contains("policy");
        assertThat(end.string("at")).contains("2026-11-23T10:00:05.250Z");
        var window = predicate.object("window").orElseThrow();
        assertThat(window.string("end")).contains("2026-11-23T12:00:00Z");
        assertThat(window.string("change")).contains("CHG7");
        assertEndedOnceByThePolicy(granted);
    }

    private JsonObject receipt(Answer granted) throws MalformedJson {
        var envelope = issuer.post(
                        "/receipt",
                        Map.of("token", granted.accessToken(), "holder_verifier", TestIssuer.HOLDER_VERIFIER),
                        Optional.empty())
                .body();
        var payload = Base64.getDecoder().decode(envelope.string("payload").orElseThrow());
        return StrictJson.parseObject(payload).object("predicate").orElseThrow();
    }

    @Test
    void aTaskThatIsGoneTakesItsWindowsAlong() {
        var granted = signing();
        withoutTheTasks();

        assertThat(redeem(granted).text("reason")).isEqualTo("window");
        assertEndedOnceByThePolicy(granted);
    }

    @Test
    void windowsThatAreGoneTakeTheirTokensAlong() {
        var granted = signing();
        tasksHave("");

        assertThat(redeem(granted).text("reason")).isEqualTo("window");
        assertEndedOnceByThePolicy(granted);
    }

    @Test
    void windowsThatComeEndWhatWasGrantedWithoutThem() {
        var granted = issuer.mintSign();
        tasksHave(window("2026-11-23T10:01:00Z", "2026-11-23T12:00:00Z"));

        assertThat(redeem(granted).text("reason")).isEqualTo("window");
        assertEndedOnceByThePolicy(granted);
    }

    /** Its exp stays where the window ended when it was granted. */
    @Test
    void aWindowThatHasMovedAndIsOpenNowEndsNothing() {
        var granted = signing();
        tasksHave("\"windows\":[{\"from\":\"10:00\",\"to\":\"10:30\",\"zone\":\"UTC\"}],");

        assertThat(redeem(granted).active()).isTrue();
    }

    /** What was granted in no window needs none, and a task that is only watched ends nothing. */
    @Test
    void nothingElseIsEnded() {
        var granted = issuer.mintSign();
        withoutTheTasks();
        assertThat(redeem(granted).active()).isTrue();

        var inWindow = signing();
        tasksHave(OVER + "\"enforce\":false,");
        issuer.clock.advance(Duration.ofSeconds(5));
        assertThat(redeem(inWindow).active()).isTrue();
        assertThat(ends()).allMatch(line -> line.contains("\"cause\":\"spent\""));
    }

    /** Its last use could be repeated; after its window it cannot. */
    @Test
    void aSpentTokenIsClosedAndKeepsItsEnd() {
        var granted = signing();
        assertThat(redeem(granted).active()).isTrue();
        issuer.clock.advance(Duration.ofSeconds(5));
        tasksHave(OVER);

        assertThat(redeem(granted).active()).isFalse();

        assertThat(record(granted).life().end().orElseThrow().cause()).isEqualTo(Cause.SPENT);
        assertThat(ends()).singleElement().satisfies(line -> assertThat(line).contains("\"cause\":\"spent\""));
    }

    @Test
    void atItsEndItIsDeadByItsWindow() throws Exception {
        tasksHave(window("2026-11-23T09:00:00Z", "2026-11-23T10:00:30Z"));
        var signing = issuer.mintSign();
        var deploying = issuer.token(TestIssuer.deployForm(issuer.idToken()));
        issuer.clock.advance(Duration.ofMillis(29_749));
        assertThat(introspect(deploying).active()).isTrue();
        issuer.clock.advance(Duration.ofMillis(1));

        assertThat(introspect(deploying).active()).isFalse();
        assertThat(issuer.lastAudit()).contains("\"reason\":\"window\"");
        assertThat(redeem(signing).text("reason")).isEqualTo("window");
        var end = receipt(signing).object("end").orElseThrow();
        assertThat(end.string("cause")).contains("window");
        assertThat(end.string("by")).contains("clock");
        assertThat(end.string("at")).contains("2026-11-23T10:00:30Z");
        assertThat(record(signing).endedByItsWindow(issuer.clock.instant())).isTrue();
    }

    @Test
    void oneThatExpiresBeforeItsWindowEndsExpires() {
        var granted = signing();
        for (int i = 0; i < 15; i++) {
            issuer.clock.advance(Duration.ofSeconds(40));
            issuer.renew(granted.accessToken());
        }

        assertThat(redeem(granted).text("reason")).isEqualTo("expired");
    }

    /** Its own clock may be off; whether a window is open, only the issuer says. */
    @ParameterizedTest
    @ValueSource(ints = {-30, 30})
    void theResourceServersClockDoesNotMatter(int off) {
        tasksHave(window("2026-11-23T09:00:00Z", "2026-11-23T10:01:00Z"));
        var granted = issuer.token(TestIssuer.deployForm(issuer.idToken()));
        long exp = Instant.parse("2026-11-23T10:01:00Z").getEpochSecond();

        issuer.clock.advance(Duration.ofSeconds(59));
        var answer = introspect(granted);
        assertThat(answer.active()).isTrue();
        assertThat(answer.body().wholeNumber("exp")).hasValue(exp);
        long serversClock = issuer.clock.instant().plusSeconds(off).getEpochSecond();
        // With a clock that is ahead it refuses early; one that is behind accepts nothing that the issuer calls dead.
        assertThat(exp > serversClock).isEqualTo(off < 0);

        issuer.clock.advance(Duration.ofSeconds(1));
        assertThat(introspect(granted).active()).isFalse();
    }
}
