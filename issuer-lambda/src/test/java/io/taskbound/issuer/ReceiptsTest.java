// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import static io.taskbound.http.TestIssuer.ARTIFACT;
import static io.taskbound.http.TestIssuer.HOLDER_VERIFIER;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.http.TestIssuer;
import io.taskbound.http.TestIssuer.Answer;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.ledger.Cause;
import io.taskbound.ledger.Closure;
import io.taskbound.ledger.DenyEntry;
import io.taskbound.ledger.InMemoryLedger;
import io.taskbound.ledger.RecordedUse;
import io.taskbound.ledger.TokenRecord;
import io.taskbound.ledger.Uses;
import io.taskbound.receipt.OpenedReceipt;
import io.taskbound.receipt.ReceiptSchema;
import io.taskbound.receipt.ReceiptStatement;
import io.taskbound.token.Jti;
import io.taskbound.token.KeyThumbprint;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a receipt says, who gets one, and that everybody else hears the same. */
class ReceiptsTest {
    private static final String TICKET_AND_RECORD = """
            [{"type":"task","task":"update-ticket","actions":["read"],"identifier":"ticket:SHOP-1"},\
            {"type":"task","task":"update-ticket","actions":["update"],"identifier":"record:7"}]""";

    private final InMemoryLedger ledger = new InMemoryLedger();
    private final TestIssuer issuer = new TestIssuer(ledger);

    @AfterEach
    void stop() {
        issuer.close();
    }

    @Test
    void tellsWhoAskedForWhatAndHowItWasUsedAndEnded() {
        var granted = issuer.mintSign();
        issuer.clock.advance(Duration.ofSeconds(5));
        issuer.redeem(granted.accessToken(), "sign", ARTIFACT, "use-1");
        issuer.clock.advance(Duration.ofSeconds(5));

        var statement = OpenedReceipt.statement(byToken(granted).body(), issuer.signer.published());

        assertThat(statement.members()).containsOnlyKeys("_type", "subject", "predicateType", "predicate");
        assertThat(statement.string("_type")).contains("https://in-toto.io/Statement/v1");
        assertThat(statement.string("predicateType")).contains("https://taskbound.example/receipt/v1");
        assertThat(statement.array("subject").orElseThrow().items())
                .containsExactly(JsonObject.builder()
                        .put("name", ARTIFACT)
                        .put(
                                "digest",
                                JsonObject.builder()
                                        .put("sha256", "9f".repeat(32))
                                        .build())
                        .build());
        var said = statement.object("predicate").orElseThrow();
        assertThat(said.string("issuer")).contains(TestIssuer.ISSUER);
        assertThat(said.string("jti")).contains(granted.text("jti"));
        assertThat(said.string("txn")).contains(granted.text("txn"));
        assertThat(said.string("task")).contains("sign-release");
        assertThat(said.array("permissions")).isEqualTo(granted.body().array("authorization_details"));
        assertThat(said.object("requester").orElseThrow().members())
                .containsOnlyKeys(
                        "provider", "issuer", "subject", "project", "project_id", "run", "job", "started_by", "link");
        assertThat(said.object("resource_server").orElseThrow().string("name")).contains("signer");
        assertThat(said.object("policy").orElseThrow().members()).containsOnlyKeys("version", "hash");
        assertThat(said.string("issued")).contains("2026-11-23T10:00:00.250Z");
        assertThat(said.string("expires")).contains("2026-11-23T10:10:00Z");
        assertThat(said.wholeNumber("max_uses")).hasValue(1);
        assertThat(said.wholeNumber("use_count")).hasValue(1);
        assertThat(said.array("uses").orElseThrow().items())
                .containsExactly(JsonObject.builder()
                        .put("at", "2026-11-23T10:00:05.250Z")
                        .put("server", "signer")
                        .put("action", "sign")
                        .put("identifier", ARTIFACT)
                        .build());
        assertThat(said.has("uses_not_listed")).isFalse();
        assertThat(said.string("state")).contains("spent");
        assertThat(said.object("end")).contains(end("2026-11-23T10:00:05.250Z", "spent", "signer"));
        assertThat(said.string("receipt_made")).contains("2026-11-23T10:00:10.250Z");
    }

    /** The statement is signed JSON that may be published: the sets of its members are part of the contract. */
    @Test
    void hasNoMemberButTheDocumentedOnes() {
        var said = predicate(byToken(issuer.mintSign()));
        assertThat(said.members().keySet())
                .containsExactlyInAnyOrderElementsOf(Set.of(
                        "issuer",
                        "jti",
                        "requester",
                        "task",
                        "txn",
                        "permissions",
                        "resource_server",
                        "policy",
                        "issued",
                        "expires",
                        "max_uses",
                        "use_count",
                        "uses",
                        "state",
                        "receipt_made"));
    }

    @Test
    void saysOfALiveTokenThatItIsActive() {
        var said = predicate(byToken(issuer.mintSign()));
        assertThat(said.string("state")).contains("active");
        assertThat(said.has("end")).isFalse();
        assertThat(said.array("uses")).contains(JsonArray.EMPTY);
    }

    @Test
    void aTargetWithoutADigestHasThatOfItsName() {
        var granted = tickets();
        var statement = OpenedReceipt.statement(byToken(granted).body(), issuer.signer.published());

        var subjects = statement.array("subject").orElseThrow().items();
        assertThat(subjects).hasSize(2);
        var ticket = (JsonObject) subjects.get(0);
        assertThat(ticket.string("name")).contains("ticket:SHOP-1");
        assertThat(ticket.object("annotations").orElseThrow().string("digest_of"))
                .contains("identifier");
        // echo -n ticket:SHOP-1 | sha256sum
        assertThat(ticket.object("digest").orElseThrow().string("sha256"))
                .contains("b0338f9ae6667a9490722bede812d778c85356b370c181dc318f848adaadcedc");
    }

    @Test
    void tellsEachEndByItsCause() {
        var closed = issuer.mintSign();
        issuer.revoke(Map.of("token", closed.accessToken()));
        assertEnded(closed, "closed", end("2026-11-23T10:00:00.250Z", "holder", "holder"));

        var revoked = issuer.mintSign();
        var person = "arn:aws:iam::123456789012:user/jane";
        ledger.close(
                jti(revoked),
                new Closure(
                        issuer.clock.instant(), person, Cause.ADMINISTRATOR, Optional.of("laptop stolen in Lisbon")));
        assertEnded(revoked, "revoked", end("2026-11-23T10:00:00.250Z", "administrator", "administrator"));

        var ofRun = deploy();
        issuer.revoke(Map.of("subject_token", issuer.idToken(), "handle", "run:*"));
        assertEnded(ofRun, "closed", end("2026-11-23T10:00:00.250Z", "run", "holder"));
    }

    @Test
    void aCloseAfterTheLastUseChangesNothingOfTheEnd() {
        var granted = issuer.mintSign();
        issuer.redeem(granted.accessToken(), "sign", ARTIFACT, "a");
        issuer.clock.advance(Duration.ofSeconds(3));
        issuer.revoke(Map.of("token", granted.accessToken()));
        assertEnded(granted, "spent", end("2026-11-23T10:00:00.250Z", "spent", "signer"));
    }

    /** Whoever revoked is named in the audit log, which is not published. */
    @Test
    void keepsAnAdministratorsNameAndWordsToTheAuditLog() {
        var granted = issuer.mintSign();
        ledger.close(
                jti(granted),
                new Closure(issuer.clock.instant(), "user/jane", Cause.ADMINISTRATOR, Optional.of("stolen in Lisbon")));
        assertThat(OpenedReceipt.statement(byToken(granted).body(), issuer.signer.published())
                        .toString())
                .doesNotContain("jane", "Lisbon");
    }

    @Test
    void knowsTheDeadlineThatEndedATokenBeforeAnybodyWroteIt() {
        var lapsed = issuer.mintSign();
        var expired = deploy();
        issuer.clock.advance(Duration.ofSeconds(61));
        assertEnded(lapsed, "lapsed", end("2026-11-23T10:01:00.250Z", "lapsed", "clock"));

        issuer.clock.advance(Duration.ofMinutes(15));
        assertEnded(expired, "expired", end("2026-11-23T10:15:00Z", "expired", "clock"));
    }

    @Test
    void saysSinceWhenATokenWasDeadThatWasClosedLater() {
        var granted = issuer.mintSign();
        issuer.clock.advance(Duration.ofMinutes(2));
        issuer.revoke(Map.of("token", granted.accessToken()));

        var end = predicate(byToken(granted)).object("end").orElseThrow();

        assertThat(end.string("at")).contains("2026-11-23T10:02:00.250Z");
        assertThat(end.string("cause")).contains("holder");
        assertThat(end.string("dead_since")).contains("2026-11-23T10:01:00.250Z");
    }

    @Test
    void saysOfADeniedTokenThatItIsRevoked() {
        var granted = issuer.mintSign();
        issuer.clock.advance(Duration.ofSeconds(1));
        ledger.deny(new DenyEntry(
                DenyEntry.Kind.JTI,
                granted.text("jti"),
                Optional.empty(),
                Instant.parse("2026-11-23T10:00:00.750Z"),
                "user/jane",
                Optional.of("leaked")));

        assertEnded(granted, "revoked", end("2026-11-23T10:00:00.750Z", "denied", "administrator"));
        assertThat(byToken(granted).body().toString()).doesNotContain("jane");
    }

    /** As the sweeper will write it: receipts from before and after the sweep tell the same. */
    @Test
    void aTokenThatWasDeniedBeforeItLapsedEndedByThat() {
        var granted = issuer.mintSign();
        issuer.clock.advance(Duration.ofMillis(500));
        ledger.deny(new DenyEntry(
                DenyEntry.Kind.TASK,
                "sign-release",
                Optional.empty(),
                issuer.clock.instant(),
                "user/jane",
                Optional.empty()));
        issuer.clock.advance(Duration.ofHours(1));

        assertEnded(granted, "revoked", end("2026-11-23T10:00:00.750Z", "denied", "administrator"));
    }

    @Test
    void anEntryOlderThanTheTokenDeniedItFromTheStart() {
        var granted = issuer.mintSign();
        ledger.deny(new DenyEntry(
                DenyEntry.Kind.TASK,
                "sign-release",
                Optional.empty(),
                Instant.parse("2026-11-01T00:00:00Z"),
                "user/jane",
                Optional.empty()));
        assertEnded(granted, "revoked", end("2026-11-23T10:00:00.250Z", "denied", "administrator"));
    }

    @Test
    void countsUsesBeyondAHundredInsteadOfListingThem() {
        var granted = deploy();
        var jti = jti(granted);
        var record = ledger.find(jti).orElseThrow();
        for (int i = 0; i < 103; i++) {
            ledger.redeem(record, 0, "deploy", "use-" + i, issuer.clock.instant());
            issuer.clock.advance(Duration.ofMillis(10));
        }

        var said = predicate(byToken(granted));

        assertThat(said.wholeNumber("use_count")).hasValue(103);
        assertThat(said.wholeNumber("uses_not_listed")).hasValue(3);
        assertThat(said.has("max_uses")).isFalse();
        var uses = said.array("uses").orElseThrow().items();
        assertThat(uses).hasSize(100);
        assertThat(((JsonObject) uses.get(0)).string("at")).contains("2026-11-23T10:00:00.250Z");
        assertThat(((JsonObject) uses.get(99)).string("at")).contains("2026-11-23T10:00:01.240Z");
    }

    /** The record of a limited token remembers all of its uses, a hundred of each target; a receipt must stay short. */
    @Test
    void listsNoMoreOfALimitedTokenEither() {
        var record = ledger.find(jti(deploy())).orElseThrow();
        var now = issuer.clock.instant();
        var remembered = new LinkedHashMap<String, RecordedUse>();
        for (int i = 0; i < 103; i++) {
            remembered.put("use-" + i, new RecordedUse(now.plusMillis(10L * i), 0, "deploy"));
        }
        var used = new TokenRecord(
                record.jti(),
                record.requester(),
                record.grant(),
                record.life(),
                new Uses(OptionalInt.of(100), List.of(0, 97), remembered, 103),
                record.requestHash(),
                record.txn(),
                record.holder(),
                record.key());

        var statement =
                ReceiptStatement.of(TestIssuer.ISSUER, used, Optional.empty(), Optional.empty(), Optional.empty(), now);

        ReceiptSchema.assertFits(statement);
        var said = statement.object("predicate").orElseThrow();
        assertThat(said.array("uses").orElseThrow().items()).hasSize(100);
        assertThat(said.wholeNumber("uses_not_listed")).hasValue(3);
    }

    @Test
    void namesTheKeyThatTheTokenIsBoundTo() {
        var record = ledger.find(jti(deploy())).orElseThrow();
        var key = new KeyThumbprint("7P-UwyEeSX0oN8A66zQtpu759bgf6i-xetxbYuYyrv8");
        var bound = new TokenRecord(
                record.jti(),
                record.requester(),
                record.grant(),
                record.life(),
                record.uses(),
                record.requestHash(),
                record.txn(),
                record.holder(),
                Optional.of(key));

        assertThat(statement(record).object("cnf")).isEmpty();
        assertThat(statement(bound).object("cnf"))
                .contains(JsonObject.builder().put("jkt", key.value()).build());
    }

    private JsonObject statement(TokenRecord record) {
        var now = issuer.clock.instant();
        var statement = ReceiptStatement.of(
                TestIssuer.ISSUER, record, Optional.empty(), Optional.empty(), Optional.empty(), now);
        ReceiptSchema.assertFits(statement);
        return statement.object("predicate").orElseThrow();
    }

    @Test
    void theHolderGetsItAlsoOfATokenThatIsLongDead() {
        var granted = issuer.mintSign();
        issuer.clock.advance(Duration.ofHours(5));
        assertThat(predicate(byToken(granted)).string("state")).contains("lapsed");
    }

    @Test
    void theRunGetsItByTheHandleAndTheIdTokenThatWasUsed() {
        var proof = issuer.idToken();
        var granted = issuer.token(TestIssuer.signForm(proof, UUID.randomUUID().toString()));
        // Older than an exchange allows, and not expired.
        issuer.clock.advance(Duration.ofSeconds(299));

        var said = predicate(byHandle(proof, granted.text("jti")));

        assertThat(said.string("jti")).contains(granted.text("jti"));
        assertThat(issuer.lastAudit())
                .contains(
                        "\"event\":\"receipt\"",
                        "\"result\":\"signed\"",
                        "\"jti\":\"" + granted.text("jti") + "\"",
                        "\"task\":\"sign-release\"",
                        "\"run\":\"2002/7001/1\"");
    }

    @Test
    void changesNothing() {
        var proof = issuer.idToken();
        var granted = issuer.mintSign();
        byHandle(proof, granted.text("jti"));
        byToken(granted);

        assertThat(issuer.redeem(granted.accessToken(), "sign", ARTIFACT, "a").active())
                .isTrue();
        assertThat(issuer.token(TestIssuer.deployForm(proof)).status()).isEqualTo(200);
    }

    @Test
    void whoeverHasNoRightToItHearsTheSameAsOfWhatNeverWas() {
        var granted = issuer.mintSign();
        var jti = granted.text("jti");
        var unknownOfThisRun = jti.substring(0, 23) + "A".repeat(32);
        var other = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXX";
        var token = granted.accessToken();
        var forged = token.substring(0, token.lastIndexOf('.') + 1)
                + (token.charAt(token.lastIndexOf('.') + 1) == 'A' ? 'B' : 'A')
                + token.substring(token.lastIndexOf('.') + 2);
        var answers = new LinkedHashMap<String, Answer>();
        answers.put("wrong_holder", byToken(token, other));
        answers.put("not_ours", byToken(forged, HOLDER_VERIFIER));
        answers.put("foreign_run", byHandle(issuer.idToken("run_id", "7002"), jti));
        answers.put("foreign_run again", byHandle(issuer.idToken("repository_id", "6666"), jti));
        answers.put("unknown_handle", byHandle(issuer.idToken(), unknownOfThisRun));
        answers.put("unknown of elsewhere", byHandle(issuer.idToken(), "A".repeat(22) + "." + "A".repeat(32)));

        answers.forEach((why, answer) -> {
            assertThat(answer.status()).as(why).isEqualTo(400);
            assertThat(answer.text("error")).as(why).isEqualTo("invalid_grant");
            assertThat(answer.text("error_description"))
                    .as(why)
                    .isEqualTo("there is no receipt for this caller: the token or handle is unknown here, or is not the"
                            + " caller's");
            assertThat(answer.body().members()).as(why).containsOnlyKeys("error", "error_description", "request_id");
        });
        assertThat(issuer.audit.subList(issuer.audit.size() - 6, issuer.audit.size()))
                .satisfiesExactly(
                        line -> assertThat(line).contains("\"reason\":\"wrong_holder\""),
                        line -> assertThat(line).contains("\"reason\":\"not_ours\""),
                        line -> assertThat(line).contains("\"reason\":\"foreign_run\""),
                        line -> assertThat(line).contains("\"reason\":\"foreign_run\""),
                        line -> assertThat(line).contains("\"reason\":\"unknown_handle\""),
                        line -> assertThat(line).contains("\"reason\":\"foreign_run\""));
    }

    @Test
    void aTokenWithoutAHolderHasNoReceiptByItsTextAlone() {
        var form = new LinkedHashMap<>(
                TestIssuer.signForm(issuer.idToken(), UUID.randomUUID().toString()));
        form.remove("holder_challenge");
        var granted = issuer.token(form);

        assertThat(byToken(granted).text("error")).isEqualTo("invalid_grant");
        assertThat(issuer.lastAudit()).contains("\"reason\":\"without_holder\"");
        assertThat(byHandle(issuer.idToken(), granted.text("jti")).status()).isEqualTo(200);
    }

    @Test
    void aBadProofIsRefusedAsEverywhere() {
        var granted = issuer.mintSign();
        var expired = issuer.idToken();
        issuer.clock.advance(Duration.ofMinutes(10));
        var answer = byHandle(expired, granted.text("jti"));
        assertThat(answer.text("error")).isEqualTo("invalid_request");
        assertThat(issuer.lastAudit()).contains("\"event\":\"receipt\"", "\"reason\":\"expired\"");
    }

    @Test
    void saysWhatAMalformedRequestLacks() {
        var granted = issuer.mintSign();
        assertMalformed(Map.of(), "give either token and holder_verifier, or subject_token and handle");
        assertMalformed(
                Map.of("token", granted.accessToken(), "subject_token", issuer.idToken()),
                "give either token and holder_verifier, or subject_token and handle");
        assertMalformed(Map.of("token", granted.accessToken()), "holder_verifier is missing");
        assertMalformed(Map.of("token", "x", "holder_verifier", HOLDER_VERIFIER), "token is not a whole token");
        assertMalformed(Map.of("subject_token", issuer.idToken()), "handle is missing");
        assertMalformed(Map.of("subject_token", issuer.idToken(), "handle", "run:*"), "handle must be a jti");
    }

    private void assertMalformed(Map<String, String> form, String why) {
        var answer = receipt(form);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("error")).isEqualTo("invalid_request");
        assertThat(answer.text("error_description")).startsWith(why);
    }

    /** The audit log and the receipt hold nothing that could be used. */
    @Test
    void showsNoSecret() {
        var granted = issuer.mintSign();
        var answer = byToken(granted);
        var said = OpenedReceipt.statement(answer.body(), issuer.signer.published())
                .toString();
        assertThat(said + issuer.lastAudit())
                .doesNotContain(granted.accessToken(), HOLDER_VERIFIER, TestIssuer.HOLDER_CHALLENGE);
    }

    private void assertEnded(Answer granted, String state, JsonObject end) {
        var said = predicate(byToken(granted));
        assertThat(said.string("state")).contains(state);
        assertThat(said.object("end")).contains(end);
    }

    private static JsonObject end(String at, String cause, String by) {
        return JsonObject.builder()
                .put("at", at)
                .put("cause", cause)
                .put("by", by)
                .build();
    }

    private JsonObject predicate(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        var statement = OpenedReceipt.statement(answer.body(), issuer.signer.published());
        ReceiptSchema.assertFits(statement);
        return statement.object("predicate").orElseThrow();
    }

    private Answer deploy() {
        return issuer.token(TestIssuer.deployForm(issuer.idToken()));
    }

    private Answer tickets() {
        return issuer.token(TestIssuer.form(issuer.idToken(), UUID.randomUUID().toString(), TICKET_AND_RECORD));
    }

    private static Jti jti(Answer granted) {
        return Jti.parse(granted.text("jti")).orElseThrow();
    }

    private Answer byToken(Answer granted) {
        return byToken(granted.accessToken(), HOLDER_VERIFIER);
    }

    private Answer byToken(String token, String verifier) {
        return receipt(Map.of("token", token, "holder_verifier", verifier));
    }

    private Answer byHandle(String idToken, String handle) {
        return receipt(Map.of("subject_token", idToken, "handle", handle));
    }

    private Answer receipt(Map<String, String> form) {
        return issuer.post("/receipt", form, Optional.empty());
    }
}
