// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.credential.AwsAccess;
import io.taskbound.credential.CredentialRefused;
import io.taskbound.credential.CredentialServices;
import io.taskbound.credential.CredentialUnavailable;
import io.taskbound.credential.Envelope;
import io.taskbound.credential.GithubAccess;
import io.taskbound.credential.OpenbaoAccess;
import io.taskbound.http.TestIssuer;
import io.taskbound.http.TestIssuer.Answer;
import io.taskbound.json.JsonObject;
import io.taskbound.ledger.Cause;
import io.taskbound.ledger.Closure;
import io.taskbound.ledger.CredentialPhase;
import io.taskbound.ledger.CredentialRecord;
import io.taskbound.ledger.Credentials;
import io.taskbound.ledger.DenyEntry;
import io.taskbound.ledger.InMemoryLedger;
import io.taskbound.receipt.OpenedReceipt;
import io.taskbound.receipt.ReceiptSchema;
import io.taskbound.token.DataKeys;
import io.taskbound.token.Jti;
import io.taskbound.token.LocalDataKeys;
import io.taskbound.token.SignerUnavailable;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.SecretKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who gets a foreign credential, what is written down, and how it ends. */
class DeliverTest {
    private static final String PUSH = "[{\"type\":\"task\",\"task\":\"bump-version\",\"actions\":[\"contents:write\"],"
            + "\"identifier\":\"github:acme/shop\"}]";
    private static final String MOVE = """
            [{"type":"task","task":"migrate","actions":["read"],"identifier":"s3:legacy-exports/datasets/a/"},\
            {"type":"task","task":"migrate","actions":["write"],"identifier":"s3:new-lake/imports/a/"}]""";
    private static final Duration RUN = Duration.ofSeconds(30);

    private final InMemoryLedger ledger = new InMemoryLedger();
    private final ScriptedService<GithubAccess> github = new ScriptedService<>(true);
    private final ScriptedService<AwsAccess> aws = new ScriptedService<>(false);
    private final ScriptedService<OpenbaoAccess> vault = new ScriptedService<>(true);
    private final AtomicBoolean kmsDown = new AtomicBoolean();
    private final TestIssuer issuer = TestIssuer.delivering(
            ledger,
            Delivering.of(
                    new CredentialServices(github, aws, vault),
                    new Envelope(sometimesDown(LocalDataKeys.generate()), "taskbound")));

    private DataKeys sometimesDown(DataKeys keys) {
        return new DataKeys() {
            @Override
            public DataKey generate(Jti handle) throws SignerUnavailable {
                check();
                return keys.generate(handle);
            }

            @Override
            public SecretKey open(Jti handle, String sealed) throws SignerUnavailable {
                check();
                return keys.open(handle, sealed);
            }

            private void check() throws SignerUnavailable {
                if (kmsDown.get()) {
                    throw new SignerUnavailable("KMS is down for the test");
                }
            }
        };
    }

    @AfterEach
    void stop() {
        issuer.close();
        assertThat(issuer.audit).noneMatch(line -> line.contains(ScriptedService.CANARY));
    }

    private Answer minted(String details) {
        var answer =
                issuer.token(TestIssuer.form(issuer.idToken(), UUID.randomUUID().toString(), details));
        assertThat(answer.status()).as(answer + " " + issuer.audit).isEqualTo(200);
        return answer;
    }

    private Answer delivered(Answer granted) {
        var answer = issuer.credential(granted);
        assertThat(answer.status()).as(answer + " " + issuer.audit).isEqualTo(200);
        return answer;
    }

    private CredentialRecord record(Answer granted) {
        return look(granted).credential().orElseThrow();
    }

    private Credentials.Look look(Answer granted) {
        return ledger.credentials().look(Jti.parse(granted.text("jti")).orElseThrow());
    }

    private SweepCredentials.Report sweep() {
        return issuer.edge.endCredentials(Optional.empty(), RUN);
    }

    private void assertRefused(Answer answer, int status, String error) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.text("error")).isEqualTo(error);
        assertThat(answer.body().has("credential")).isFalse();
    }

    private static long ended(TestIssuer issuer, String cause) {
        return issuer.audit.stream()
                .filter(line -> line.contains("\"event\":\"credential_end\""))
                .filter(line -> line.contains("\"cause\":\"" + cause + "\""))
                .count();
    }

    @Test
    void theHolderGetsWhatTheTokenIsForAndUntilWhen() {
        var granted = minted(PUSH);

        var answer = delivered(granted);

        assertThat(answer.text("kind")).isEqualTo("github-app");
        assertThat(answer.body().object("credential").orElseThrow().string("token"))
                .contains(ScriptedService.CANARY + 0);
        assertThat(answer.text("where")).isEqualTo("https://service.example");
        assertThat(answer.body().array("authorization_details"))
                .isEqualTo(granted.body().array("authorization_details"));
        assertThat(answer.body().wholeNumber("expires_at"))
                .hasValue(issuer.clock
                        .instant()
                        .plus(ScriptedService.LIFE)
                        .minusSeconds(5)
                        .getEpochSecond());
        assertThat(answer.body().bool("refresh")).contains(false);
        assertThat(issuer.lastAudit())
                .contains("\"event\":\"credential\"", "\"result\":\"delivered\"", "\"credential_kind\":\"github-app\"");
    }

    @Test
    void theDeliveryIsCountedOnceForEachObjectAndItsRecordKeepsNothingInClear() {
        var granted = minted(MOVE);
        delivered(granted);
        delivered(granted);
        var pushing = minted(PUSH);
        delivered(pushing);

        assertThat(look(granted).token().record().orElseThrow().uses().count()).isEqualTo(2);
        assertThat(record(granted).sealed()).isEmpty();
        assertThat(record(pushing).phase()).isEqualTo(CredentialPhase.DELIVERED);
        assertThat(record(pushing).sealed().orElseThrow()).doesNotContain(ScriptedService.CANARY);
        assertThat(record(pushing).toString()).doesNotContain(ScriptedService.CANARY);
    }

    @Test
    void whoeverHasOnlyTheTokenGetsNothing() {
        var granted = minted(PUSH);

        var thief = issuer.credential(granted.accessToken(), "t".repeat(43));

        assertRefused(thief, 400, "invalid_grant");
        assertThat(github.made).isEmpty();
        assertThat(look(granted).credential()).isEmpty();
        assertThat(issuer.lastAudit()).contains("wrong_holder");
        delivered(granted);
        assertRefused(issuer.credential(granted.accessToken(), "t".repeat(43)), 400, "invalid_grant");
        assertThat(github.alive()).hasSize(1);
    }

    @Test
    void aDeadTokenGetsNothing() {
        var closed = minted(PUSH);
        issuer.revoke(Map.of("token", closed.accessToken()));
        var lapsed = minted(PUSH);
        issuer.clock.advance(Duration.ofSeconds(60));

        assertRefused(issuer.credential(closed), 400, "invalid_grant");
        assertRefused(issuer.credential(lapsed), 400, "invalid_grant");
        assertRefused(issuer.credential("not.a.token", TestIssuer.HOLDER_VERIFIER), 400, "invalid_grant");
        assertThat(github.made).isEmpty();
    }

    @Test
    void aTokenForAServerThatTakesItHasNoCredential() {
        assertRefused(issuer.credential(issuer.mintSign()), 400, "invalid_request");
        assertThat(issuer.lastAudit()).contains("no_credential");
    }

    @Test
    void theCloseOfTheHolderRevokesAtOnce() {
        var granted = minted(PUSH);
        delivered(granted);

        issuer.revoke(Map.of("token", granted.accessToken()));

        assertThat(github.alive()).isEmpty();
        assertThat(record(granted).phase()).isEqualTo(CredentialPhase.REVOKED);
        assertThat(record(granted).sealed()).isEmpty();
        assertThat(record(granted).ended()).contains(issuer.clock.instant());
        assertThat(ended(issuer, "revoked")).isEqualTo(1);
        assertThat(sweep()).isEqualTo(new SweepCredentials.Report(0, 0, 0, true));
    }

    @Test
    void theCloseOfItsRunRevokesAll() {
        var granted = minted(PUSH);
        delivered(granted);
        var other = minted("[{\"type\":\"task\",\"task\":\"read-key\",\"identifier\":\"secret:shop\"}]");
        delivered(other);

        issuer.revoke(Map.of(
                "subject_token",
                issuer.idToken(),
                "subject_token_type",
                "urn:ietf:params:oauth:token-type:id_token",
                "handle",
                "run:*"));

        assertThat(github.alive()).isEmpty();
        assertThat(vault.alive()).isEmpty();
        assertThat(ended(issuer, "revoked")).isEqualTo(2);
    }

    @Test
    void theSweepRevokesWhatLapsed() {
        var granted = minted(PUSH);
        delivered(granted);
        issuer.clock.advance(Duration.ofSeconds(60));
        assertThat(sweep().ended()).isZero();
        assertThat(github.alive()).hasSize(1);

        issuer.clock.advance(Duration.ofSeconds(90));

        assertThat(sweep().ended()).isEqualTo(1);
        assertThat(github.alive()).isEmpty();
        assertThat(record(granted).phase()).isEqualTo(CredentialPhase.REVOKED);
    }

    @Test
    void aLivingTokenKeepsItsCredential() {
        var granted = minted(PUSH);
        delivered(granted);
        for (int beat = 0; beat < 10; beat++) {
            issuer.clock.advance(Duration.ofSeconds(30));
            assertThat(issuer.renew(granted.accessToken()).status()).isEqualTo(200);
            assertThat(sweep().ended()).isZero();
        }

        assertThat(github.alive()).hasSize(1);
        issuer.clock.advance(Duration.ofSeconds(95));
        sweep();
        assertThat(github.alive()).isEmpty();
    }

    @Test
    void theSweepRevokesWhatWasDenied() {
        var granted = minted(PUSH);
        delivered(granted);
        issuer.clock.advance(Duration.ofSeconds(20));
        ledger.deny(new DenyEntry(
                DenyEntry.Kind.TASK,
                "bump-version",
                Optional.empty(),
                issuer.clock.instant(),
                "ada",
                Optional.of("leaked")));
        issuer.renew(granted.accessToken());

        issuer.clock.advance(Duration.ofSeconds(41));
        sweep();

        assertThat(github.alive()).isEmpty();
    }

    @Test
    void aServiceThatDoesNotRevokeIsAskedAgainUntilItDoes() {
        var granted = minted(PUSH);
        delivered(granted);
        github.beforeRevoking(() -> {
            throw new CredentialUnavailable("delete: 502", false, Optional.empty());
        });

        assertThat(issuer.revoke(Map.of("token", granted.accessToken())).status())
                .isEqualTo(200);
        assertThat(record(granted).phase()).isEqualTo(CredentialPhase.DELIVERED);
        issuer.clock.advance(Duration.ofSeconds(61));
        assertThat(sweep().failed()).isEqualTo(1);
        assertThat(sweep()).isEqualTo(new SweepCredentials.Report(0, 0, 0, true));
        github.beforeRevoking(() -> {});
        issuer.clock.advance(Duration.ofSeconds(61));

        assertThat(sweep().ended()).isEqualTo(1);
        assertThat(github.alive()).isEmpty();
        assertThat(issuer.metrics).anyMatch(line -> line.contains("credential_service"));
    }

    @Test
    void whatIsNeverRevokedIsWrittenDownAsEndedByItself() {
        var granted = minted(PUSH);
        delivered(granted);
        github.beforeRevoking(() -> {
            throw new CredentialUnavailable("delete: 502", false, Optional.empty());
        });
        issuer.revoke(Map.of("token", granted.accessToken()));
        var until = record(granted).until();

        issuer.clock.advance(Duration.between(issuer.clock.instant(), until));
        assertThat(sweep().ended()).isEqualTo(1);

        assertThat(record(granted).phase()).isEqualTo(CredentialPhase.EXPIRED);
        assertThat(record(granted).ended()).contains(until);
        assertThat(ended(issuer, "expired")).isEqualTo(1);
    }

    @Test
    void aSessionThatCannotBeRevokedIsFetchedAgainAndEndsByItself() {
        var granted = minted(MOVE);
        var first = delivered(granted);
        assertThat(first.body().bool("refresh")).contains(true);
        assertThat(first.body().wholeNumber("expires_at"))
                .hasValue(issuer.clock.instant().plusSeconds(180).getEpochSecond());

        issuer.clock.advance(Duration.ofSeconds(40));
        issuer.renew(granted.accessToken());
        var second = delivered(granted);

        var until = issuer.clock.instant().plusSeconds(180);
        assertThat(second.body().wholeNumber("expires_at")).hasValue(until.getEpochSecond());
        assertThat(record(granted).until()).isEqualTo(until);
        assertThat(record(granted).deliveries()).isEqualTo(2);
        issuer.revoke(Map.of("token", granted.accessToken()));
        assertThat(record(granted).phase()).isEqualTo(CredentialPhase.DELIVERED);
        issuer.clock.advance(Duration.ofSeconds(180));
        assertThat(sweep().ended()).isEqualTo(1);
        assertThat(record(granted).ended()).contains(until);
    }

    @Test
    void whereNothingFetchesItAgainASessionLivesAsLongAsTheToken() {
        var granted = minted(MOVE);
        var answer = issuer.post(
                "/credential",
                Map.of("token", granted.accessToken(), "holder_verifier", TestIssuer.HOLDER_VERIFIER, "static", "true"),
                Optional.empty());

        assertThat(answer.body().bool("refresh")).contains(false);
        assertThat(answer.body().wholeNumber("expires_at"))
                .hasValue(issuer.clock.instant().plusSeconds(900 + 60).getEpochSecond());
    }

    @Test
    void aSecondFetchTakesThePlaceOfTheFirst() {
        var granted = minted(PUSH);
        delivered(granted);

        var again = delivered(granted);

        assertThat(again.body().object("credential").orElseThrow().string("token"))
                .contains(ScriptedService.CANARY + 1);
        assertThat(github.alive()).containsExactly(ScriptedService.CANARY + 1);
        assertThat(record(granted).deliveries()).isEqualTo(2);
    }

    @Test
    void whatIsClosedWhileTheServiceIsAskedIsRevokedAndNotHandedOut() {
        var granted = minted(PUSH);
        github.afterIssuing(() -> issuer.revoke(Map.of("token", granted.accessToken())));

        assertRefused(issuer.credential(granted), 400, "invalid_grant");

        assertThat(github.made).hasSize(1);
        assertThat(github.alive()).isEmpty();
        assertThat(record(granted).phase()).isEqualTo(CredentialPhase.REVOKED);
    }

    @Test
    void ofTwoAtOnceOneIsTurnedAway() {
        var granted = minted(PUSH);
        var second = new AtomicReference<Answer>();
        github.beforeIssuing(() -> {
            github.beforeIssuing(() -> {});
            second.set(issuer.credential(granted));
        });

        delivered(granted);

        assertRefused(second.get(), 503, "temporarily_unavailable");
        assertThat(second.get().headers()).containsKey("Retry-After");
        assertThat(github.alive()).hasSize(1);
    }

    @Test
    void whatTheServiceRefusesIsToldAndNothingIsLeft() {
        var granted = minted(PUSH);
        github.beforeIssuing(() -> {
            throw new CredentialRefused("the app is not installed there", "installations: 404");
        });

        var answer = issuer.credential(granted);

        assertRefused(answer, 400, "invalid_target");
        assertThat(answer.text("error_description")).isEqualTo("the app is not installed there");
        assertThat(issuer.lastAudit()).contains("credential_refused", "installations: 404");
        assertThat(record(granted).phase()).isEqualTo(CredentialPhase.NOT_MADE);
        github.beforeIssuing(() -> {});
        delivered(granted);
    }

    @Test
    void whatCannotBeAskedIsToldAndNothingIsLeft() {
        var granted = minted(PUSH);
        github.beforeIssuing(() -> {
            throw new CredentialUnavailable("connect: refused", false, Optional.of(Duration.ofSeconds(17)));
        });

        var answer = issuer.credential(granted);

        assertRefused(answer, 503, "temporarily_unavailable");
        assertThat(answer.headers()).containsEntry("Retry-After", "17");
        assertThat(record(granted).phase()).isEqualTo(CredentialPhase.NOT_MADE);
    }

    @Test
    void ofWhatHasNoAnswerItIsSaidUntilWhenItMayBeAlive() {
        var granted = minted(PUSH);
        github.afterIssuing(() -> {
            throw new CredentialUnavailable("no answer within 8 s", true, Optional.empty());
        });
        assertRefused(issuer.credential(granted), 503, "temporarily_unavailable");
        var until = issuer.clock.instant().plus(ScriptedService.LIFE);
        assertThat(record(granted).phase()).isEqualTo(CredentialPhase.ASKED);

        issuer.clock.advance(Duration.ofSeconds(31));
        assertThat(sweep().unheard()).isEqualTo(1);
        assertThat(sweep().unheard()).isZero();

        assertThat(record(granted).phase()).isEqualTo(CredentialPhase.LOST);
        assertThat(issuer.audit)
                .anyMatch(line -> line.contains("credential_unheard") && line.contains("\"alive_until\":\"" + until));
        github.afterIssuing(() -> {});
        delivered(granted);
        assertThat(record(granted).lost()).contains(until);
        issuer.revoke(Map.of("token", granted.accessToken()));
        assertThat(github.alive()).hasSize(1);
        assertThat(record(granted).phase()).isEqualTo(CredentialPhase.LOST);
        assertThat(record(granted).aliveUntil()).isEqualTo(until);
        issuer.clock.advance(Duration.between(issuer.clock.instant(), until));
        sweep();
        assertThat(record(granted).phase()).isEqualTo(CredentialPhase.EXPIRED);
    }

    /** More of them than there are threads for it, all due before the other one. */
    @Test
    void aServiceThatHangsHoldsUpNoOther() {
        for (int i = 0; i < 80; i++) {
            delivered(minted(PUSH));
        }
        issuer.clock.advance(Duration.ofSeconds(1));
        delivered(minted("[{\"type\":\"task\",\"task\":\"read-key\",\"identifier\":\"secret:shop\"}]"));
        var answered = new CountDownLatch(1);
        var waitedInVain = new AtomicBoolean();
        vault.beforeRevoking(answered::countDown);
        github.beforeRevoking(() -> {
            try {
                waitedInVain.compareAndSet(false, !answered.await(20, TimeUnit.SECONDS));
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            throw new CredentialUnavailable("delete: no answer", false, Optional.empty());
        });
        issuer.clock.advance(Duration.ofMinutes(20));

        sweep();

        assertThat(vault.alive()).isEmpty();
        assertThat(waitedInVain).isFalse();
        assertThat(github.alive()).hasSize(80);
    }

    @Test
    void whatCannotBeSealedIsRevokedAndNotHandedOut() {
        var granted = minted(PUSH);
        kmsDown.set(true);

        assertRefused(issuer.credential(granted), 503, "temporarily_unavailable");

        assertThat(github.alive()).isEmpty();
        assertThat(record(granted).phase()).isEqualTo(CredentialPhase.NOT_MADE);
        kmsDown.set(false);
        delivered(granted);
    }

    @Test
    void withoutTheKeyNothingIsRevokedUntilItIsBack() {
        var granted = minted(PUSH);
        delivered(granted);
        kmsDown.set(true);
        issuer.revoke(Map.of("token", granted.accessToken()));
        assertThat(github.alive()).hasSize(1);
        kmsDown.set(false);
        issuer.clock.advance(Duration.ofSeconds(61));

        sweep();

        assertThat(github.alive()).isEmpty();
    }

    @Test
    void aClosedRecordThatNobodySweptIsRevokedByTheSweep() {
        var granted = minted(PUSH);
        delivered(granted);
        ledger.close(
                Jti.parse(granted.text("jti")).orElseThrow(),
                new Closure(issuer.clock.instant(), "holder", Cause.HOLDER, Optional.empty()));
        issuer.clock.advance(Duration.ofSeconds(60));

        sweep();

        assertThat(github.alive()).isEmpty();
    }

    @Test
    void aServerThatBecameOneOfAnotherKindGivesNothingForAnOlderToken() {
        var granted = minted(MOVE);
        delivered(granted);
        issuer.policy.replace(TestIssuer.compile(TestIssuer.policyJson(issuer.provider.issuer())
                .replace(
                        "\"resource_servers\":{",
                        "\"resource_servers\":{\"lake\":{\"kind\":\"openbao\",\"role\":\"r\","
                                + "\"address\":\"https://vault.acme.example\"},")));

        var answer = issuer.credential(granted);

        assertRefused(answer, 400, "invalid_target");
        assertThat(vault.made).isEmpty();
    }

    @Test
    void theReceiptSaysWhatBecameOfIt() {
        var granted = minted(PUSH);
        delivered(granted);
        var until = record(granted).until();
        var alive = receipt(granted);
        issuer.clock.advance(Duration.ofSeconds(5));
        issuer.revoke(Map.of("token", granted.accessToken()));
        var revoked = receipt(granted);
        var never = receipt(minted(PUSH));

        assertThat(alive.string("kind")).contains("github-app");
        assertThat(alive.string("state")).contains("delivered");
        assertThat(alive.string("alive_until")).contains(until.toString());
        assertThat(alive.wholeNumber("deliveries")).hasValue(1);
        assertThat(alive.has("ended")).isFalse();
        assertThat(revoked.string("state")).contains("revoked");
        assertThat(revoked.string("ended")).contains(issuer.clock.instant().toString());
        assertThat(never).isEqualTo(JsonObject.EMPTY);
    }

    @Test
    void theReceiptKnowsWhatHasDiedByItselfBeforeAnybodyWroteItDown() {
        var granted = minted(MOVE);
        delivered(granted);
        var until = record(granted).until();
        issuer.clock.advance(Duration.between(issuer.clock.instant(), until));

        assertThat(receipt(granted).string("state")).contains("expired");
        assertThat(receipt(granted).string("ended")).contains(until.toString());
    }

    private JsonObject receipt(Answer granted) {
        var answer = issuer.post(
                "/receipt",
                Map.of("token", granted.accessToken(), "holder_verifier", TestIssuer.HOLDER_VERIFIER),
                Optional.empty());
        var statement = OpenedReceipt.statement(answer.body(), issuer.signer.published());
        ReceiptSchema.assertFits(statement);
        return statement.object("predicate").orElseThrow().object("credential").orElse(JsonObject.EMPTY);
    }

    @Test
    void aFormThatCannotBeReadIsRefused() {
        var granted = minted(PUSH);
        var noVerifier = issuer.post("/credential", Map.of("token", granted.accessToken()), Optional.empty());
        var oddStatic = issuer.post(
                "/credential",
                Map.of("token", granted.accessToken(), "holder_verifier", TestIssuer.HOLDER_VERIFIER, "static", "yes"),
                Optional.empty());

        assertRefused(noVerifier, 400, "invalid_request");
        assertRefused(oddStatic, 400, "invalid_request");
        assertThat(github.made).isEmpty();
    }
}
