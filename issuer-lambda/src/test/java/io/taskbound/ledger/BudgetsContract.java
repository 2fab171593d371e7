// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import static io.taskbound.ledger.SampleTokens.EXPIRES;
import static io.taskbound.ledger.SampleTokens.NOW;
import static io.taskbound.ledger.SampleTokens.closure;
import static io.taskbound.ledger.SampleTokens.jti;
import static io.taskbound.ledger.SampleTokens.jtiOf;
import static io.taskbound.ledger.SampleTokens.sample;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.digest.Base64Url;
import io.taskbound.policy.Budget;
import io.taskbound.task.TaskName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What every ledger promises of budgets; each test has a task of its own. */
abstract class BudgetsContract {
    static final Budget ONCE = new Budget(OptionalInt.empty(), OptionalInt.empty(), true);
    private static final Instant LATER = NOW.plusSeconds(1);
    private static final Instant ABANDONED = NOW.plus(Budgets.UNWRITTEN).plusMillis(1);

    final TaskName task = new TaskName("t-" + HexFormat.of().toHexDigits(new SplittableRandom().nextLong()));

    abstract Ledger ledger();

    abstract void deny(DenyEntry entry);

    static Budget live(int most) {
        return new Budget(OptionalInt.of(most), OptionalInt.empty(), false);
    }

    static Budget liveInRun(int most) {
        return new Budget(OptionalInt.empty(), OptionalInt.of(most), false);
    }

    TokenRecord draft() {
        return sample(jti()).withTask(task).record();
    }

    TokenRecord draftOf(String run) {
        return sample(jtiOf(run)).withTask(task).record();
    }

    Optional<OverBudget> claim(TokenRecord draft, Budget budget, Instant now) {
        return ledger().budgets().claim(draft, budget, now).refused();
    }

    /** As the issuer does it: claim, record, and a look whether the claims still stand. */
    Optional<OverBudget> mint(TokenRecord draft, Budget budget, Instant now) {
        var claims = ledger().budgets().claim(draft, budget, now);
        if (claims.refused().isPresent()) {
            return claims.refused();
        }
        ledger().mint(draft);
        return ledger().budgets().lost(claims);
    }

    private TokenRecord minted(TokenRecord draft, Budget budget) {
        assertThat(mint(draft, budget, NOW)).isEmpty();
        return draft;
    }

    @Test
    void asManyAsTheLimitSaysAreAliveAndNoMore() {
        for (int i = 0; i < 3; i++) {
            minted(draft(), live(3));
        }
        assertThat(claim(draft(), live(3), LATER)).contains(OverBudget.TOO_MANY_LIVE);
        assertThat(ledger().budgets().check(draft(), live(3), LATER)).contains(OverBudget.TOO_MANY_LIVE);
    }

    @Test
    void aHundredAreCountedToo() {
        var tokens = new ArrayList<TokenRecord>();
        for (int i = 0; i < Budget.MAX_LIVE; i++) {
            tokens.add(minted(draft(), live(Budget.MAX_LIVE)));
        }
        assertThat(claim(draft(), live(Budget.MAX_LIVE), LATER)).contains(OverBudget.TOO_MANY_LIVE);

        ledger().close(tokens.get(57).jti(), closure(LATER, Cause.HOLDER));

        assertThat(claim(draft(), live(Budget.MAX_LIVE), LATER)).isEmpty();
        assertThat(claim(draft(), live(Budget.MAX_LIVE), LATER)).contains(OverBudget.TOO_MANY_LIVE);
    }

    @Test
    void anotherTaskHasItsOwnBudget() {
        minted(draft(), live(1));
        var other = sample(jti()).withTask(new TaskName(task.value() + "-b")).record();

        assertThat(claim(other, live(1), LATER)).isEmpty();
    }

    /** Some CI systems give a job one ID token for all that it asks: the second task is refused as a replay. */
    @Test
    void aProofThatWasUsedForAnotherTaskHoldsNoPlace() {
        var run = Base64Url.random(16);
        var used = draftOf(run);
        ledger().mint(sample(used.jti())
                .withTask(new TaskName(task.value() + "-b"))
                .record());
        for (var budget : List.of(live(1), liveInRun(1), ONCE)) {
            assertThat(claim(used, budget, NOW)).isEmpty();
        }

        var next = draftOf(run);
        for (var budget : List.of(live(1), liveInRun(1), ONCE)) {
            assertThat(ledger().budgets().check(next, budget, LATER)).isEmpty();
            assertThat(claim(next, budget, LATER)).isEmpty();
        }
    }

    @Test
    void aRunHasItsOwnLimitWithinTheTask() {
        var run = Base64Url.random(16);
        minted(draftOf(run), liveInRun(1));

        assertThat(claim(draftOf(run), liveInRun(1), LATER)).contains(OverBudget.TOO_MANY_LIVE_IN_RUN);
        assertThat(claim(draft(), liveInRun(1), LATER)).isEmpty();
    }

    @Test
    void everyEndOfATokenFreesItsSlot() {
        List<Runnable> ends = new ArrayList<>();
        var closed = minted(draft(), live(5));
        ends.add(() -> ledger().close(closed.jti(), closure(LATER, Cause.HOLDER)));
        var revoked = minted(draft(), live(5));
        ends.add(() -> ledger().close(revoked.jti(), closure(LATER, Cause.ADMINISTRATOR)));
        var spent = minted(draft(), live(5));
        ends.add(() -> ledger().redeem(spent, 0, "sign", "a", LATER));
        var ofClosedRun = minted(draft(), live(5));
        ends.add(() -> ledger().closeAll(ofClosedRun.jti().run(), Optional.empty(), closure(LATER, Cause.RUN), LATER));
        var denied = minted(draft(), live(5));
        ends.add(() -> deny(new DenyEntry(
                DenyEntry.Kind.JTI, denied.jti().toString(), Optional.of(EXPIRES), NOW, "ada", Optional.empty())));
        for (var end : ends) {
            assertThat(claim(draft(), live(5), LATER)).contains(OverBudget.TOO_MANY_LIVE);
            end.run();
            minted(draft(), live(5));
        }
    }

    @Test
    void aLapsedAndAnExpiredTokenFreeTheirs() {
        minted(sample(jti()).withTask(task).withLease(Duration.ofSeconds(60)).record(), live(1));

        assertThat(claim(draft(), live(1), NOW.plusSeconds(59))).contains(OverBudget.TOO_MANY_LIVE);
        assertThat(mint(draft(), live(1), NOW.plusSeconds(60))).isEmpty();
        assertThat(claim(draft(), live(1), EXPIRES.minusMillis(1))).contains(OverBudget.TOO_MANY_LIVE);
        assertThat(claim(draft(), live(1), EXPIRES)).isEmpty();
    }

    @Test
    void aClaimWithoutARecordHoldsForHalfAMinute() {
        assertThat(claim(draft(), live(1), NOW)).isEmpty();

        assertThat(claim(draft(), live(1), ABANDONED.minusMillis(1))).contains(OverBudget.TOO_MANY_LIVE);
        assertThat(claim(draft(), live(1), ABANDONED)).isEmpty();
    }

    @Test
    void theSameProofClaimsAgainWhatItHas() {
        var run = Base64Url.random(16);
        var budget = new Budget(OptionalInt.of(1), OptionalInt.of(1), true);
        var draft = draftOf(run);
        assertThat(claim(draft, budget, NOW)).isEmpty();

        // Its claim counts from now, so that nobody takes the retry's slot for abandoned.
        assertThat(claim(draft, budget, NOW.plusSeconds(29))).isEmpty();
        assertThat(claim(draftOf(run), budget, NOW.plusSeconds(58))).isPresent();
        ledger().mint(draft);
        assertThat(claim(draft, budget, NOW.plusSeconds(59))).isEmpty();
        assertThat(claim(draftOf(run), budget, NOW.plusSeconds(90))).isPresent();
    }

    @Test
    void oncePerRunIsOnceHoweverTheTokenEnded() {
        var run = Base64Url.random(16);
        var first = minted(draftOf(run), ONCE);
        ledger().close(first.jti(), closure(LATER, Cause.HOLDER));

        assertThat(claim(draftOf(run), ONCE, LATER)).contains(OverBudget.ONCE_PER_RUN);
        assertThat(claim(draftOf(run), ONCE, EXPIRES.plus(Duration.ofDays(40)))).contains(OverBudget.ONCE_PER_RUN);
        assertThat(claim(first, ONCE, LATER)).as("a repeat of the same proof").isEmpty();
        assertThat(claim(draft(), ONCE, LATER)).as("another run").isEmpty();
    }

    @Test
    void aCrashBeforeTheRecordDoesNotUseUpTheRun() {
        var run = Base64Url.random(16);
        assertThat(claim(draftOf(run), ONCE, NOW)).isEmpty();

        assertThat(claim(draftOf(run), ONCE, LATER)).contains(OverBudget.ONCE_PER_RUN);
        assertThat(claim(draftOf(run), ONCE, ABANDONED)).isEmpty();
    }

    @Test
    void aTokenThatWasNeverSignedDoesNotUseUpTheRun() {
        var run = Base64Url.random(16);
        var first = minted(draftOf(run), ONCE);
        ledger().markUnsigned(first.jti());

        assertThat(claim(draftOf(run), ONCE, LATER)).contains(OverBudget.ONCE_PER_RUN);
        assertThat(claim(draftOf(run), ONCE, EXPIRES)).isEmpty();
    }

    @Test
    void aLimitThatRefusesLeavesTheOthersUnclaimed() {
        var run = Base64Url.random(16);
        var budget = new Budget(OptionalInt.of(1), OptionalInt.empty(), true);
        var first = minted(draftOf(run), budget);
        ledger().close(first.jti(), closure(LATER, Cause.HOLDER));

        assertThat(claim(draftOf(run), budget, LATER)).contains(OverBudget.ONCE_PER_RUN);

        assertThat(claim(draft(), budget, LATER)).as("the task's only slot").isEmpty();
    }

    @Test
    void aCheckClaimsNothing() {
        assertThat(ledger().budgets().check(draft(), live(1), NOW)).isEmpty();
        assertThat(ledger().budgets().check(draft(), live(1), NOW)).isEmpty();
        minted(draft(), live(1));
        assertThat(ledger().budgets().check(draft(), live(1), NOW)).contains(OverBudget.TOO_MANY_LIVE);
    }
}
