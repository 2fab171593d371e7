// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import static io.taskbound.ledger.SampleTokens.NOW;
import static io.taskbound.ledger.SampleTokens.jtiOf;
import static io.taskbound.ledger.SampleTokens.sample;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.approval.ApprovalId;
import io.taskbound.approval.Decision;
import io.taskbound.approval.Declaration;
import io.taskbound.digest.Base64Url;
import io.taskbound.digest.Sha256;
import io.taskbound.identity.Person;
import io.taskbound.identity.ProofKeys;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import io.taskbound.policy.Approval;
import io.taskbound.task.ProviderName;
import io.taskbound.token.Jti;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** What every ledger promises of approvals. */
abstract class ApprovalsContract {
    private static final Duration WITHIN = Duration.ofMinutes(30);
    private static final int THREADS = 8;

    private final String run = Base64Url.random(16);
    private int txn;

    abstract Ledger ledger();

    private Approvals approvals() {
        return ledger().approvals();
    }

    private ApprovalRecord wanted(int count) {
        return wanted(run, count, NOW, Integer.toString(++txn));
    }

    static ApprovalRecord wanted(String run, int count, Instant now, String txn) {
        var json = JsonObject.builder()
                .put("task", "rotate")
                .put("txn", txn)
                .put(
                        "requester",
                        JsonObject.builder()
                                .put("issuer", "https://ci.example")
                                .put("stable_sub", "repo:1001/2002")
                                .put("job", "build")
                                .put("person", "1")
                                .build())
                .build();
        var id = new ApprovalId(run, Sha256.base64Url(JsonText.canonical(json), 32));
        return new ApprovalRecord(
                Declaration.kept(id, json),
                new Approval(List.of("managers"), count, WITHIN),
                now.minusSeconds(5),
                now,
                now.plus(WITHIN),
                List.of(),
                Optional.empty());
    }

    private ApprovalRecord requested(int count) {
        var wanted = wanted(count);
        assertThat(approvals().ask(wanted, NOW)).isEqualTo(new Approvals.Asked.Requested(wanted));
        return wanted;
    }

    static Decision by(String person, boolean approved) {
        var who = new Person("https://sso.example", person);
        return new Decision(
                approved,
                NOW.plusSeconds(60),
                "managers",
                new ProviderName("staff"),
                who,
                Set.of(who, new Person("https://ci.example", person + "0")),
                "Name of " + person,
                "h".repeat(43),
                Optional.of("fine"));
    }

    private ApprovalRecord approved() {
        return approvals().decide(requested(1), by("2", true)).orElseThrow();
    }

    private Jti token() {
        return jtiOf(run);
    }

    @Test
    void whatIsRequestedOnceIsThereFromThenOn() {
        var wanted = requested(1);
        var again = new ApprovalRecord(
                wanted.declaration(),
                wanted.approval(),
                wanted.proofIssued(),
                NOW.plusSeconds(5),
                NOW.plusSeconds(5).plus(WITHIN),
                List.of(),
                Optional.empty());

        assertThat(approvals().ask(again, NOW.plusSeconds(5))).isEqualTo(new Approvals.Asked.There(wanted, false));
        assertThat(approvals().find(wanted.id())).contains(wanted);
    }

    @Test
    void whoAsksTooSoonIsToldSo() {
        var wanted = requested(1);

        assertThat(approvals().ask(wanted, NOW.plusMillis(2499))).isEqualTo(new Approvals.Asked.There(wanted, true));
        assertThat(approvals().ask(wanted, NOW.plusMillis(2500))).isEqualTo(new Approvals.Asked.There(wanted, false));
        assertThat(approvals().ask(wanted, NOW.plusMillis(2501))).isEqualTo(new Approvals.Asked.There(wanted, true));
    }

    @Test
    void aRunCannotAskWithoutEnd() {
        for (int i = 0; i < Approvals.MOST_OF_RUN; i++) {
            requested(1);
        }

        assertThat(approvals().ask(wanted(1), NOW)).isEqualTo(new Approvals.Asked.TooMany());
    }

    @Test
    void decisionsAreKeptInTheirOrderAndWhole() {
        var first = approvals().decide(requested(2), by("2", true)).orElseThrow();
        assertThat(first.standing(NOW)).isEqualTo(ApprovalRecord.Standing.PENDING);

        var second = approvals().decide(first, by("3", true)).orElseThrow();

        assertThat(second.decisions()).containsExactly(by("2", true), by("3", true));
        assertThat(second.standing(NOW)).isEqualTo(ApprovalRecord.Standing.APPROVED);
        assertThat(approvals().find(second.id())).contains(second);
    }

    @Test
    void oneNoIsEnough() {
        var first = approvals().decide(requested(2), by("2", true)).orElseThrow();

        var denied = approvals().decide(first, by("3", false)).orElseThrow();

        assertThat(denied.standing(NOW)).isEqualTo(ApprovalRecord.Standing.DENIED);
        assertThat(denied.standing(NOW.plus(WITHIN))).isEqualTo(ApprovalRecord.Standing.DENIED);
    }

    @Test
    void aDecisionOnWhatHasChangedMeanwhileIsNotWritten() {
        var seen = requested(2);
        approvals().decide(seen, by("2", true));

        assertThat(approvals().decide(seen, by("4", true))).isEmpty();
        assertThat(approvals().decide(seen, by("3", false))).isEmpty();
        assertThat(approvals().find(seen.id()).orElseThrow().decisions()).containsExactly(by("2", true));
    }

    @Test
    void afterItsTimeItIsOver() {
        var record = requested(1);

        assertThat(record.standing(NOW.plus(WITHIN).minusMillis(1))).isEqualTo(ApprovalRecord.Standing.PENDING);
        assertThat(record.standing(NOW.plus(WITHIN))).isEqualTo(ApprovalRecord.Standing.EXPIRED);
    }

    @Test
    void anApprovalIsForOneTokenAndForThatAgain() {
        var record = approved();
        var token = token();

        assertThat(approvals().claim(record, token, NOW)).isTrue();
        assertThat(approvals().claim(record, token, NOW)).isTrue();
        assertThat(approvals().holds(record.id(), token)).isTrue();
        assertThat(approvals().claim(record, token(), NOW)).isFalse();
        assertThat(approvals().find(record.id()).orElseThrow().standing(NOW)).isEqualTo(ApprovalRecord.Standing.USED);
    }

    @Test
    void whatIsUsedIsNotDecidedOn() {
        var record = approved();
        approvals().claim(record, token(), NOW);

        assertThat(approvals().decide(record, by("3", false))).isEmpty();
    }

    @Test
    void whatWasClaimedForATokenThatWasNeverWrittenIsFreeAgain() {
        var record = approved();
        approvals().claim(record, token(), NOW);
        var other = token();

        assertThat(approvals().claim(record, other, NOW.plus(Budgets.UNWRITTEN)))
                .isFalse();
        assertThat(approvals().claim(record, other, NOW.plus(Budgets.UNWRITTEN).plusMillis(1)))
                .isTrue();
        assertThat(approvals().holds(record.id(), other)).isTrue();
    }

    @Test
    void whatWasClaimedForATokenThatIsThereStaysItsOwn() {
        var record = approved();
        var token = token();
        approvals().claim(record, token, NOW);
        ledger().mint(sample(token).record());

        assertThat(approvals().claim(record, token(), NOW.plus(WITHIN))).isFalse();
        assertThat(approvals().holds(record.id(), token)).isTrue();
    }

    @Test
    void oneOfManyGetsIt() throws Exception {
        var record = approved();
        var pool = Executors.newFixedThreadPool(THREADS);
        try {
            var tries = new ArrayList<Callable<Boolean>>();
            for (int i = 0; i < THREADS; i++) {
                tries.add(() -> approvals().claim(record, token(), NOW));
            }
            int got = 0;
            for (var result : pool.invokeAll(tries)) {
                got += result.get() ? 1 : 0;
            }
            assertThat(got).isOne();
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void anIdTokenDecidesOnce() {
        var proof = new ProofKeys(run, Base64Url.random(24), "0".repeat(64));

        assertThat(approvals().useUp(proof, NOW)).isTrue();
        assertThat(approvals().useUp(proof, NOW)).isFalse();
        assertThat(approvals().useUp(new ProofKeys(run, Base64Url.random(24), "0".repeat(64)), NOW))
                .isTrue();
    }

    @Test
    void theEndOfItsRunIsSeen() {
        var record = requested(1);
        assertThat(approvals().look(record.id())).contains(new Approvals.Found(record, false));

        ledger().closeAll(
                        run,
                        Optional.of("build"),
                        new Closure(NOW.plusSeconds(9), Closure.HOLDER, Cause.JOB, Optional.empty()),
                        NOW);

        assertThat(approvals().look(record.id())).contains(new Approvals.Found(record, true));
    }

    @Test
    void whatWaitsIsListedUntilItIsDecided() {
        var open = requested(1);
        var decided = approved();
        var denied = requested(1);
        approvals().decide(denied, by("2", false));

        var listed = approvals().pending(NOW.plusSeconds(1), found -> true, 1000).stream()
                .map(found -> found.record().id())
                .filter(id -> id.run().equals(run))
                .toList();

        assertThat(listed).containsExactly(open.id()).doesNotContain(decided.id(), denied.id());
    }

    @Test
    void whatIsNotWantedTakesNoPlaceInTheList() {
        var older = requested(1);
        var ofClosedRun = older.id();
        for (int i = 0; i < 3; i++) {
            requested(1);
        }
        ledger().closeAll(
                        run,
                        Optional.of("build"),
                        new Closure(NOW.plusSeconds(9), Closure.HOLDER, Cause.JOB, Optional.empty()),
                        NOW);

        var listed = approvals()
                .pending(NOW.plusSeconds(1), found -> found.record().id().equals(ofClosedRun), 1);

        assertThat(listed).containsExactly(new Approvals.Found(older, true));
    }
}
