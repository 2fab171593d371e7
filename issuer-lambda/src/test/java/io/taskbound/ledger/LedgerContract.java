// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import static io.taskbound.ledger.SampleTokens.DETAILS;
import static io.taskbound.ledger.SampleTokens.EXPIRES;
import static io.taskbound.ledger.SampleTokens.HOLDER;
import static io.taskbound.ledger.SampleTokens.NOW;
import static io.taskbound.ledger.SampleTokens.closure;
import static io.taskbound.ledger.SampleTokens.jti;
import static io.taskbound.ledger.SampleTokens.jtiOf;
import static io.taskbound.ledger.SampleTokens.leased;
import static io.taskbound.ledger.SampleTokens.sample;
import static io.taskbound.ledger.SampleTokens.token;
import static io.taskbound.ledger.SampleTokens.unlimited;
import static io.taskbound.ledger.SampleTokens.withUses;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.digest.Sha256;
import io.taskbound.ledger.Redemption.First;
import io.taskbound.ledger.Redemption.Refused;
import io.taskbound.ledger.Redemption.Repeat;
import io.taskbound.ledger.Redemption.Unknown;
import io.taskbound.ledger.Redemption.Why;
import io.taskbound.policy.Grant;
import io.taskbound.policy.PolicyVersion;
import io.taskbound.task.TaskName;
import io.taskbound.token.HolderVerifier;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What every ledger promises; each kind of ledger runs all of it. */
abstract class LedgerContract {
    private static final Duration LEASE = Duration.ofSeconds(60);
    private static final Instant LATER = NOW.plusSeconds(1);

    /** A ledger that other tests of this class may have written to. */
    abstract Ledger ledger();

    /** Adds an entry to that ledger's deny list. */
    abstract void deny(DenyEntry entry);

    /** Makes that ledger know of so many ended jobs of a run, by a hook that is bound to no owner. */
    void endJobs(String run, int jobs) {
        for (int job = 0; job < jobs; job++) {
            var ending = new RunEnding(run, Optional.of("other " + job), Optional.empty(), LATER, true);
            assertThat(ledger().end(ending, closure(LATER, Cause.HOOK)).kept()).isTrue();
        }
    }

    /** The same in one write, for a table that takes long for so many. */
    static void countEndedJobs(DynamoTable table, String run, int jobs) {
        table.update(Update.of("count", Key.control(run), "attribute_not_exists(#jobs)", "SET #jobs = :jobs")
                .withName("#jobs", Attributes.ENDED_JOBS + "@")
                .with(":jobs", (long) jobs));
    }

    private TokenRecord minted(TokenRecord token) {
        assertThat(ledger().mint(token)).isEqualTo(new Minted.Recorded());
        return token;
    }

    private TokenRecord found(TokenRecord token) {
        return ledger().find(token.jti()).orElseThrow();
    }

    private Redemption sign(TokenRecord token, String useKey, Instant at) {
        return ledger().redeem(token, 0, "sign", useKey, at);
    }

    private static void assertRefused(Redemption redemption, Why why) {
        assertThat(redemption)
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.why()).isEqualTo(why));
    }

    private static Closure spent(Instant at) {
        return new Closure(at, "signer", Cause.SPENT, Optional.empty());
    }

    @Nested
    class Minting {
        @Test
        void givesBackEveryComponentAsItWasWritten() {
            var full = minted(sample(jti())
                    .withMaxUses(3, 2)
                    .withLease(LEASE)
                    .withPolicy(new PolicyVersion(12, "0a".repeat(32)))
                    .withWindow(EXPIRES.plusSeconds(60))
                    .record());

            assertThat(found(full)).isEqualTo(full);
        }

        @Test
        void listsWhatWasIssuedOfATaskTheNewestFirst() {
            var task = new TaskName("of-" + Sha256.hex(jti().toString()).substring(0, 12));
            var first = minted(sample(jti()).withTask(task).record());
            var second = minted(
                    sample(jti()).withTask(task).withIssued(NOW.plusSeconds(30)).record());
            minted(sample(jti()).withTask(task).withIssued(NOW.plusSeconds(90)).record());
            ledger().close(first.jti(), closure(NOW.plusSeconds(1), Cause.HOLDER));

            var found = new ArrayList<TokenRecord>();
            ledger().issued(task, NOW.minusSeconds(1), NOW.plusSeconds(60)).forEachRemaining(found::add);

            assertThat(found).containsExactly(second, found(first));
            assertThat(ledger().issued(task, NOW.plusSeconds(100), NOW.plusSeconds(200)))
                    .isExhausted();
        }

        @Test
        void givesBackAbsenceAsAbsence() {
            var bare = minted(sample(jti()).withoutLimit().withBareRequester().record());

            assertThat(found(bare)).isEqualTo(bare);
        }

        @Test
        void refusesASecondRecordOfOneProofAndShowsTheFirst() {
            var first = minted(token());
            var second = new SampleToken(first).withTxn("another").record();

            assertThat(ledger().mint(second)).isEqualTo(new Minted.Existing(first));
            assertThat(found(first)).isEqualTo(first);
        }

        @Test
        void refusesAProofWhoseTokenIsClosed() {
            var first = minted(token());
            ledger().close(first.jti(), closure(LATER, Cause.HOLDER));

            assertThat(ledger().mint(first)).isInstanceOf(Minted.Existing.class);
            assertThat(found(first).life().state()).isEqualTo(State.CLOSED);
        }

        @Test
        void refusesAProofWhoseTokenExpiredYearsAgo() {
            var old = minted(sample(jti())
                    .withLife(NOW.minusSeconds(100_000_000), EXPIRES.minusSeconds(100_000_000))
                    .record());

            assertThat(ledger().mint(new SampleToken(old).withLife(NOW, EXPIRES).record()))
                    .isEqualTo(new Minted.Existing(old));
        }

        @Test
        void findsNothingThatWasNeverMinted() {
            assertThat(ledger().find(jti())).isEmpty();
            assertThat(ledger().lookUp(jti()).record()).isEmpty();
        }
    }

    @Nested
    class Redeeming {
        @Test
        void countsAUseOnce() {
            var token = minted(withUses(2, 1));

            assertThat(sign(token, "key-of-one-use-1", LATER)).isInstanceOfSatisfying(First.class, first -> {
                assertThat(first.after().uses().left()).containsExactly(1);
                assertThat(first.after().uses().count()).isEqualTo(1);
                assertThat(first.after().uses().remembered())
                        .containsEntry("key-of-one-use-1", new RecordedUse(LATER, 0, "sign"));
                assertThat(found(token)).isEqualTo(first.after());
            });
        }

        @Test
        void takesTheSameUseAgainForTheSame() {
            var token = minted(withUses(2, 1));
            sign(token, "a", LATER);

            assertThat(sign(token, "a", LATER.plusSeconds(1))).isInstanceOf(Repeat.class);
            assertThat(found(token).uses().left()).containsExactly(1);
            assertThat(found(token).uses().count()).isEqualTo(1);
        }

        @Test
        void takesTheSameUseAgainEvenWhenTheTokenIsSpent() {
            var token = minted(token());
            sign(token, "a", LATER);

            assertThat(sign(token, "a", EXPIRES.minusMillis(1))).isInstanceOf(Repeat.class);
            assertThat(found(token).livenessAt(LATER)).isEqualTo(Liveness.SPENT);
        }

        @Test
        void refusesAUseBeyondTheLast() {
            var token = minted(withUses(2, 1));
            sign(token, "a", LATER);
            sign(token, "b", LATER);

            assertRefused(sign(token, "c", LATER), Why.SPENT);
            assertThat(found(token).uses().count()).isEqualTo(2);
        }

        @Test
        void countsEachObjectByItself() {
            var token = minted(withUses(1, 2));
            sign(token, "a", LATER);

            assertRefused(sign(token, "b", LATER), Why.SPENT);
            assertThat(ledger().redeem(token, 1, "sign", "b", LATER)).isInstanceOf(First.class);
            assertThat(found(token).uses().sumLeft()).hasValue(0);
        }

        @Test
        void itsLastUseEndsIt() {
            var token = minted(token());
            sign(token, "a", LATER);

            assertThat(found(token).life().end()).contains(spent(LATER));
            assertThat(found(token).life().state()).isEqualTo(State.ACTIVE);
        }

        @Test
        void itsLastUseEndsItThoughAnotherOneCameAfterTheLook() {
            var token = minted(withUses(2, 2));
            sign(token, "a", LATER);
            sign(token, "b", LATER);
            ledger().redeem(token, 1, "sign", "c", LATER);

            assertThat(found(token).life().end()).isEmpty();
            var last = (First) ledger().redeem(token, 1, "sign", "d", LATER.plusSeconds(1));
            assertThat(last.after().life().end()).contains(spent(LATER.plusSeconds(1)));
            assertThat(found(token)).isEqualTo(last.after());
        }

        @Test
        void aRepeatOfTheLastUseLeavesItsEndAlone() {
            var token = minted(token());
            sign(token, "a", LATER);
            sign(found(token), "a", LATER.plusSeconds(1));
            assertRefused(sign(found(token), "b", LATER.plusSeconds(1)), Why.SPENT);

            assertThat(found(token).life().end()).contains(spent(LATER));
        }

        @Test
        void refusesTheSameUseKeyWithAnotherAction() {
            var token = minted(withUses(3, 1));
            sign(token, "a", LATER);

            assertRefused(ledger().redeem(token, 0, "deploy", "a", LATER), Why.NOT_PERMITTED);
        }

        @Test
        void refusesTheSameUseKeyWithAnotherObject() {
            var token = minted(withUses(3, 2));
            sign(token, "a", LATER);

            assertRefused(ledger().redeem(token, 1, "sign", "a", LATER), Why.NOT_PERMITTED);
        }

        @Test
        void refusesAnObjectThatTheTokenDoesNotHave() {
            var token = minted(withUses(3, 2));

            assertRefused(ledger().redeem(token, 2, "sign", "a", LATER), Why.NOT_PERMITTED);
        }

        @Test
        void refusesAnotherTaskThanTheRecorded() {
            var token = minted(token());

            assertRefused(
                    ledger().redeem(
                                    new SampleToken(token)
                                            .withDetails(DETAILS.replace("app.jar", "evil.jar"))
                                            .record(),
                                    0,
                                    "sign",
                                    "a",
                                    LATER),
                    Why.NOT_PERMITTED);
            assertThat(found(token)).isEqualTo(token);
        }

        @Test
        void refusesATokenThatExpiresNow() {
            var token = minted(token());

            assertRefused(sign(token, "a", EXPIRES), Why.EXPIRED);
        }

        @Test
        void acceptsATokenThatExpiresInAMillisecond() {
            assertThat(sign(minted(token()), "a", EXPIRES.minusMillis(1))).isInstanceOf(First.class);
        }

        @Test
        void refusesTheSameUseAgainOnceTheTokenExpired() {
            var token = minted(token());
            sign(token, "a", LATER);

            assertRefused(sign(token, "a", EXPIRES), Why.EXPIRED);
        }

        @Test
        void refusesATokenWhoseRowWasNeverSweptAway() {
            var token = minted(token());

            assertRefused(sign(token, "a", EXPIRES.plusSeconds(100_000_000)), Why.EXPIRED);
        }

        @Test
        void refusesATokenWhoseLeaseEndsNow() {
            var token = minted(leased(LEASE));

            assertRefused(sign(token, "a", NOW.plus(LEASE)), Why.LAPSED);
        }

        @Test
        void refusesTheSameUseAgainOnceTheLeaseLapsed() {
            var token = minted(leased(LEASE));
            sign(token, "a", LATER);

            assertRefused(sign(token, "a", NOW.plus(LEASE)), Why.LAPSED);
        }

        @Test
        void refusesAClosedToken() {
            var token = minted(token());
            ledger().close(token.jti(), closure(LATER, Cause.HOLDER));

            assertRefused(sign(token, "a", LATER), Why.CLOSED);
        }

        @Test
        void refusesTheSameUseAgainOnceTheTokenIsClosed() {
            var token = minted(token());
            sign(token, "a", LATER);
            ledger().close(token.jti(), closure(LATER, Cause.HOLDER));

            assertRefused(sign(token, "a", LATER), Why.CLOSED);
        }

        @Test
        void refusesARevokedTokenAsClosed() {
            var token = minted(token());
            ledger().close(token.jti(), closure(LATER, Cause.ADMINISTRATOR));

            assertRefused(sign(token, "a", LATER), Why.CLOSED);
        }

        @Test
        void knowsNothingOfATokenThatWasNeverMinted() {
            assertThat(sign(token(), "a", LATER)).isEqualTo(new Unknown());
        }

        @Test
        void remembersAHundredUsesOfAnUnlimitedTokenAndCountsTheRest() {
            var token = minted(unlimited());
            for (int i = 0; i < Uses.MAX_REMEMBERED + 3; i++) {
                assertThat(sign(token, "key-" + i, LATER)).isInstanceOf(First.class);
            }

            assertThat(found(token).uses().remembered()).hasSize(Uses.MAX_REMEMBERED);
            assertThat(found(token).uses().count()).isEqualTo(Uses.MAX_REMEMBERED + 3);
            assertThat(found(token).livenessAt(LATER)).isEqualTo(Liveness.ALIVE);
            assertThat(sign(token, "key-7", LATER)).isInstanceOf(Repeat.class);
        }

        @Test
        void refusesAClosedUnlimitedTokenWithAFullMemory() {
            var token = minted(unlimited());
            for (int i = 0; i < Uses.MAX_REMEMBERED; i++) {
                sign(token, "key-" + i, LATER);
            }
            ledger().close(token.jti(), closure(LATER, Cause.HOLDER));

            assertRefused(sign(token, "another", LATER), Why.CLOSED);
        }

        @Test
        void remembersEachUseOfATokenWithTheHighestLimit() {
            var token = minted(withUses(Grant.MAX_USES, 2));
            for (int i = 0; i < Grant.MAX_USES; i++) {
                sign(token, "first-" + i, LATER);
                ledger().redeem(token, 1, "sign", "second-" + i, LATER);
            }

            assertThat(found(token).uses().remembered()).hasSize(2 * Grant.MAX_USES);
            assertRefused(sign(token, "one more", LATER), Why.SPENT);
            assertThat(sign(token, "first-99", LATER)).isInstanceOf(Repeat.class);
        }
    }

    @Nested
    class Renewing {
        @Test
        void movesTheDeadline() {
            var token = minted(leased(LEASE));

            assertThat(ledger().renew(token.jti(), HOLDER, LATER))
                    .isEqualTo(new Renewal.Renewed(new SampleToken(token)
                            .withLeaseDeadline(LATER.plus(LEASE))
                            .record()));
        }

        @Test
        void refusesWhoeverIsNotTheHolderAndMovesNothing() {
            var token = minted(leased(LEASE));
            var other = HolderVerifier.of("w".repeat(43)).orElseThrow().challenge();

            assertThat(ledger().renew(token.jti(), other, LATER)).isEqualTo(new Renewal.Dead(Optional.of(token)));
            assertThat(found(token)).isEqualTo(token);
        }

        @Test
        void refusesARecordThatHasNoHolder() {
            var token = minted(sample(jti()).withLease(LEASE).withoutHolder().record());

            assertThat(ledger().renew(token.jti(), HOLDER, LATER)).isEqualTo(new Renewal.Dead(Optional.of(token)));
        }

        @Test
        void neverMovesTheExpiry() {
            var token = minted(leased(LEASE));
            for (var at = NOW; at.isBefore(EXPIRES); at = at.plusSeconds(59)) {
                ledger().renew(token.jti(), HOLDER, at);
            }

            assertThat(found(token).life().expires()).isEqualTo(EXPIRES);
            assertThat(found(token).life().leaseDeadline()).contains(EXPIRES);
            assertThat(found(token).livenessAt(EXPIRES)).isEqualTo(Liveness.EXPIRED);
            assertThat(ledger().renew(token.jti(), HOLDER, EXPIRES)).isInstanceOf(Renewal.Dead.class);
        }

        @Test
        void refusesALeaseThatEndsNow() {
            var token = minted(leased(LEASE));

            assertThat(ledger().renew(token.jti(), HOLDER, NOW.plus(LEASE)))
                    .isEqualTo(new Renewal.Dead(Optional.of(token)));
            assertThat(found(token).livenessAt(NOW.plus(LEASE))).isEqualTo(Liveness.LAPSED);
        }

        @Test
        void refusesAClosedToken() {
            var token = minted(leased(LEASE));
            ledger().close(token.jti(), closure(LATER, Cause.HOLDER));

            assertThat(ledger().renew(token.jti(), HOLDER, LATER)).isInstanceOf(Renewal.Dead.class);
        }

        @Test
        void refusesASpentToken() {
            var token = minted(leased(LEASE));
            sign(token, "a", LATER);

            assertThat(ledger().renew(token.jti(), HOLDER, LATER)).isInstanceOf(Renewal.Dead.class);
        }

        @Test
        void renewsATokenThatHasUsesLeftOfItsLastObjectOnly() {
            var token = minted(sample(jti()).withMaxUses(1, 8).withLease(LEASE).record());
            for (int object = 0; object < 7; object++) {
                ledger().redeem(token, object, "sign", "key-" + object, LATER);
            }

            assertThat(ledger().renew(token.jti(), HOLDER, LATER)).isInstanceOf(Renewal.Renewed.class);
        }

        @Test
        void refusesATokenWithoutALeaseAndLeavesItAlive() {
            var token = minted(token());

            assertThat(ledger().renew(token.jti(), HOLDER, LATER)).isEqualTo(new Renewal.Dead(Optional.of(token)));
            assertThat(found(token).livenessAt(LATER)).isEqualTo(Liveness.ALIVE);
        }

        @Test
        void refusesWhatWasNeverMinted() {
            assertThat(ledger().renew(jti(), HOLDER, LATER)).isEqualTo(new Renewal.Dead(Optional.empty()));
        }
    }

    @Nested
    class Closing {
        @Test
        void endsAToken() {
            var token = minted(token());

            assertThat(ledger().close(token.jti(), closure(LATER, Cause.HOLDER)))
                    .isPresent();
            assertThat(found(token).life().end()).contains(closure(LATER, Cause.HOLDER));
            assertThat(found(token).livenessAt(LATER)).isEqualTo(Liveness.CLOSED);
            assertThat(ledger().lookUp(token.jti()).alive(LATER)).isEmpty();
        }

        @Test
        void isDoneOnce() {
            var token = minted(token());
            ledger().close(token.jti(), closure(LATER, Cause.HOLDER));

            assertThat(ledger().close(token.jti(), closure(LATER, Cause.HOLDER)))
                    .isEmpty();
            assertThat(ledger().close(token.jti(), closure(LATER.plusSeconds(1), Cause.ADMINISTRATOR)))
                    .isEmpty();
            assertThat(found(token).life().end()).contains(closure(LATER, Cause.HOLDER));
        }

        @Test
        void keepsTheEndOfATokenThatItsLastUseHadEnded() {
            var token = minted(token());
            sign(token, "a", LATER);
            var closed = ledger().close(token.jti(), closure(LATER.plusSeconds(1), Cause.HOLDER));

            assertThat(closed).contains(found(token));
            assertThat(found(token).life().end()).contains(spent(LATER));
            assertThat(found(token).endedByItsLastUse()).isTrue();
            assertThat(found(token).livenessAt(LATER)).isEqualTo(Liveness.CLOSED);
            assertRefused(sign(found(token), "a", LATER.plusSeconds(2)), Why.CLOSED);
        }

        @Test
        void keepsAnAdministratorsWords() {
            var token = minted(token());
            var words = new Closure(LATER, "ada", Cause.ADMINISTRATOR, Optional.of("leaked in a log"));
            ledger().close(token.jti(), words);

            assertThat(found(token).life().end()).contains(words);
            assertThat(found(token).livenessAt(LATER)).isEqualTo(Liveness.REVOKED);
        }

        @Test
        void makesNoRecordOfWhatWasNeverMinted() {
            var unknown = jti();

            assertThat(ledger().close(unknown, closure(LATER, Cause.HOLDER))).isEmpty();
            assertThat(ledger().find(unknown)).isEmpty();
        }
    }

    @Nested
    class ClosingARun {
        private final TokenRecord first =
                sample(jti()).withJob(Optional.of("one")).record();
        private final String run = first.jti().run();
        private final TokenRecord second =
                sample(jtiOf(run)).withJob(Optional.of("two")).record();

        @Test
        void endsAllItsTokensAndNoOthers() {
            minted(first);
            minted(second);
            var foreign = minted(token());

            assertThat(ledger().closeAll(run, Optional.empty(), closure(LATER, Cause.RUN), LATER)
                            .closed())
                    .hasSize(2);
            assertThat(found(first).livenessAt(LATER)).isEqualTo(Liveness.CLOSED);
            assertThat(found(second).livenessAt(LATER)).isEqualTo(Liveness.CLOSED);
            assertThat(found(foreign).livenessAt(LATER)).isEqualTo(Liveness.ALIVE);
        }

        @Test
        void endsTheTokensOfOneJobOnly() {
            minted(first);
            minted(second);

            assertThat(ledger().closeAll(run, Optional.of("one"), closure(LATER, Cause.JOB), LATER)
                            .closed())
                    .hasSize(1);
            assertThat(found(first).livenessAt(LATER)).isEqualTo(Liveness.CLOSED);
            assertThat(found(second).livenessAt(LATER)).isEqualTo(Liveness.ALIVE);
            assertThat(ledger().blocks(run).isClosed(first)).isTrue();
            assertThat(ledger().blocks(run).isClosed(second)).isFalse();
        }

        @Test
        void leavesTokensWithoutAJobToTheRun() {
            var jobless = minted(sample(jtiOf(run)).withJob(Optional.empty()).record());

            assertThat(ledger().closeAll(run, Optional.of("one"), closure(LATER, Cause.JOB), LATER)
                            .closed())
                    .isEmpty();
            assertThat(found(jobless).livenessAt(LATER)).isEqualTo(Liveness.ALIVE);
        }

        private RunEnding ending(Optional<String> job, Instant until, boolean permanent) {
            return new RunEnding(run, job, Optional.empty(), until, permanent);
        }

        private RunEnding endingFor(String subject, Optional<String> job) {
            return new RunEnding(run, job, Optional.of(subject), LATER, true);
        }

        private TokenRecord of(String subject, Optional<String> job) {
            return sample(jtiOf(run)).withJob(job).withStableSubject(subject).record();
        }

        private Closure standing(TokenRecord token) {
            return ledger().lookUp(token.jti())
                    .record()
                    .orElseThrow()
                    .life()
                    .end()
                    .orElseThrow();
        }

        @Test
        void endsOneJobOnItsSystemsWord() {
            minted(first);
            minted(second);

            var ended = ledger().end(ending(Optional.of("one"), LATER, true), closure(LATER, Cause.HOOK));

            assertThat(ended.closed()).hasSize(1);
            assertThat(found(first).life().end().map(Closure::cause)).contains(Cause.HOOK);
            assertThat(found(second).livenessAt(LATER)).isEqualTo(Liveness.ALIVE);
            assertThat(ledger().blocks(run).isClosed(first)).isTrue();
            assertThat(ledger().blocks(run).isClosed(second)).isFalse();
            assertThat(ledger().end(ending(Optional.of("one"), LATER, true), closure(LATER, Cause.HOOK))
                            .closed())
                    .isEmpty();
        }

        @Test
        void endsARunForGood() {
            minted(first);
            minted(second);

            var ended = ledger().end(ending(Optional.empty(), LATER, true), closure(LATER, Cause.HOOK));

            assertThat(ended.closed()).hasSize(2);
            var muchLater = minted(sample(jtiOf(run))
                    .withProofIssued(LATER.plusSeconds(60))
                    .withLife(LATER.plusSeconds(61), EXPIRES)
                    .record());
            assertThat(ledger().blocks(run).isClosed(muchLater)).isTrue();
            assertThat(ledger().lookUp(muchLater.jti()).alive(LATER.plusSeconds(62)))
                    .isEmpty();
        }

        /** A job that is retried after its pipeline's end is of the same run. */
        @Test
        void endsOfARunThatMayGoOnOnlyWhatWasThere() {
            minted(first);
            var retried = minted(sample(jtiOf(run))
                    .withProofIssued(LATER.plusSeconds(60))
                    .withLife(LATER.plusSeconds(61), EXPIRES)
                    .record());
            var now = LATER.plusSeconds(120);

            assertThat(ledger().end(ending(Optional.empty(), LATER, false), closure(now, Cause.HOOK))
                            .closed())
                    .extracting(TokenRecord::jti)
                    .containsExactly(first.jti());
            assertThat(ledger().lookUp(retried.jti()).alive(now)).isPresent();
            assertThat(ledger().blocks(run).isClosed(retried)).isFalse();
        }

        /** An event may name any run; its hook speaks for one owner's tokens all the same. */
        @Test
        void endsOnlyTheTokensOfThoseForWhomAHookSpeaks() {
            var mine = minted(of("repo:1001/2002", Optional.of("one")));
            for (var job : List.of(Optional.of("one"), Optional.<String>empty())) {
                assertThat(ledger().end(endingFor("repo:6666/2002", job), closure(LATER, Cause.HOOK))
                                .closed())
                        .isEmpty();
            }
            var later = minted(of("repo:1001/2002", Optional.of("one")));

            assertThat(ledger().blocks(run).isClosed(mine)).isFalse();
            assertThat(ledger().lookUp(mine.jti()).alive(LATER)).isPresent();
            assertThat(ledger().blocks(run).isClosed(later)).isFalse();
            assertThat(ledger().blocks(run).isClosed(of("repo:6666/2002", Optional.of("one"))))
                    .isTrue();
        }

        @Test
        void twoHooksOfOneRunLeaveEachOthersWordAlone() {
            minted(of("repo:1001/2002", Optional.of("one")));
            ledger().end(endingFor("repo:6666/2002", Optional.empty()), closure(LATER, Cause.HOOK));
            ledger().end(endingFor("repo:1001/2002", Optional.of("one")), closure(LATER, Cause.HOOK));
            ledger().end(ending(Optional.of("two"), LATER, true), closure(LATER, Cause.HOOK));
            var blocks = ledger().blocks(run);

            assertThat(blocks.isClosed(of("repo:1001/2002", Optional.of("one"))))
                    .isTrue();
            assertThat(blocks.isClosed(of("repo:1001/2002", Optional.of("three"))))
                    .isFalse();
            assertThat(blocks.isClosed(of("repo:6666/2002", Optional.of("three"))))
                    .isTrue();
            assertThat(blocks.isClosed(of("repo:7777/2002", Optional.of("one"))))
                    .isFalse();
            assertThat(blocks.isClosed(of("repo:7777/2002", Optional.of("two"))))
                    .isTrue();
        }

        /** As a closing leaves it that had no time for the record. */
        @Test
        void theEndIsTheFirstClosingWhoeverMadeIt() {
            var hook = closure(LATER.plusSeconds(10), Cause.HOOK);
            ledger().end(ending(Optional.of("one"), hook.at(), true), hook);
            ledger().closeAll(run, Optional.of("one"), closure(LATER.plusSeconds(20), Cause.JOB), LATER);
            ledger().closeAll(run, Optional.of("two"), closure(LATER.plusSeconds(30), Cause.JOB), LATER);
            ledger().closeAll(run, Optional.empty(), closure(LATER.plusSeconds(40), Cause.RUN), LATER);
            ledger().closeAll(run, Optional.empty(), closure(LATER.plusSeconds(50), Cause.RUN), LATER);
            ledger().end(ending(Optional.empty(), LATER, true), closure(LATER.plusSeconds(60), Cause.HOOK));
            minted(first);
            minted(second);
            var third = minted(sample(jtiOf(run)).withJob(Optional.empty()).record());
            var between = minted(sample(jtiOf(run))
                    .withJob(Optional.empty())
                    .withProofIssued(LATER.plusSeconds(45))
                    .withLife(LATER.plusSeconds(46), EXPIRES)
                    .record());

            assertThat(standing(first)).isEqualTo(new Closure(hook.at(), Closure.HOOK, Cause.HOOK, Optional.empty()));
            assertThat(standing(second)).isEqualTo(closure(LATER.plusSeconds(30), Cause.JOB));
            assertThat(standing(third)).isEqualTo(closure(LATER.plusSeconds(40), Cause.RUN));
            assertThat(standing(between)).isEqualTo(closure(LATER.plusSeconds(50), Cause.RUN));

            ledger().closeAll(run, Optional.empty(), closure(LATER.plusSeconds(70), Cause.RUN), LATER);
            assertThat(found(first).life().end())
                    .contains(standing(first))
                    .get()
                    .matches(end -> end.at().equals(hook.at()));
            assertThat(found(second).life().end()).contains(closure(LATER.plusSeconds(30), Cause.JOB));
            assertThat(found(third).life().end()).contains(closure(LATER.plusSeconds(40), Cause.RUN));
        }

        @Test
        void aPipelinesEndBlocksUpToItAndEndsWhenItWasTold() {
            var told = LATER.plusSeconds(90);
            ledger().end(ending(Optional.empty(), LATER, false), closure(told, Cause.HOOK));
            minted(first);
            var retried = minted(sample(jtiOf(run))
                    .withProofIssued(LATER.plusSeconds(60))
                    .withLife(LATER.plusSeconds(61), EXPIRES)
                    .record());

            assertThat(standing(first)).isEqualTo(new Closure(told, Closure.HOOK, Cause.HOOK, Optional.empty()));
            assertThat(ledger().blocks(run).isClosed(retried)).isFalse();
        }

        @Test
        void anEndThatIsToldAgainKeepsItsTime() {
            ledger().end(ending(Optional.of("one"), LATER, true), closure(LATER, Cause.HOOK));
            ledger().end(ending(Optional.of("one"), LATER, true), closure(LATER.plusSeconds(60), Cause.HOOK));
            minted(first);

            assertThat(standing(first).at()).isEqualTo(LATER);
        }

        /** More jobs than an item keeps: the records are closed, and nobody else's share is used up. */
        @Test
        void keepsABoundedNumberOfEndedJobs() {
            minted(first);
            var other = minted(of("repo:1001/2002", Optional.of("one")));
            endJobs(run, ControlItem.MOST_ENDED_JOBS - 1);
            assertThat(ledger().end(ending(Optional.of("the last"), LATER, true), closure(LATER, Cause.HOOK))
                            .kept())
                    .isTrue();

            var all = ledger().end(ending(Optional.of("one"), LATER, true), closure(LATER, Cause.HOOK));

            assertThat(all.kept()).isFalse();
            assertThat(all.closed()).extracting(TokenRecord::jti).contains(first.jti(), other.jti());
            assertThat(found(first).life().end()).contains(closure(LATER, Cause.HOOK));
            assertThat(ledger().blocks(run).isClosed(minted(of("repo:1001/2002", Optional.of("one")))))
                    .isFalse();
            assertThat(ledger().end(ending(Optional.of("the last"), LATER, true), closure(LATER, Cause.HOOK))
                            .kept())
                    .isTrue();
            assertThat(ledger().end(endingFor("repo:1001/2002", Optional.of("one")), closure(LATER, Cause.HOOK))
                            .kept())
                    .isTrue();
            assertThat(ledger().end(ending(Optional.empty(), LATER, true), closure(LATER, Cause.HOOK))
                            .kept())
                    .isTrue();
        }

        @Test
        void endsNothingMoreByAnOlderEnding() {
            ledger().closeAll(run, Optional.empty(), closure(LATER.plusSeconds(60), Cause.RUN), LATER);
            ledger().end(ending(Optional.empty(), LATER, false), closure(LATER.plusSeconds(90), Cause.HOOK));
            var between = minted(sample(jtiOf(run))
                    .withProofIssued(LATER.plusSeconds(30))
                    .withLife(LATER.plusSeconds(70), EXPIRES)
                    .record());

            assertThat(ledger().blocks(run).isClosed(between)).isTrue();
        }

        @Test
        void shutsProofsFromBeforeItForLater() {
            ledger().closeAll(run, Optional.empty(), closure(LATER, Cause.RUN), LATER);
            var late = minted(
                    sample(jtiOf(run)).withLife(LATER.plusSeconds(60), EXPIRES).record());

            assertThat(ledger().blocks(run).isClosed(late)).isTrue();
        }

        @Test
        void leavesProofsFromAfterItAlone() {
            ledger().closeAll(run, Optional.empty(), closure(LATER, Cause.RUN), LATER);
            var late = minted(sample(jtiOf(run))
                    .withProofIssued(LATER.plusSeconds(1))
                    .withLife(LATER.plusSeconds(2), EXPIRES)
                    .record());

            assertThat(ledger().blocks(run).isClosed(late)).isFalse();
            assertThat(found(late).livenessAt(LATER.plusSeconds(2))).isEqualTo(Liveness.ALIVE);
        }

        @Test
        void neverMovesBack() {
            ledger().closeAll(run, Optional.empty(), closure(LATER, Cause.RUN), LATER);
            ledger().closeAll(run, Optional.empty(), closure(NOW.minusSeconds(60), Cause.RUN), NOW.minusSeconds(60));

            assertThat(ledger().blocks(run).closings().run().closedBefore()).contains(LATER);
        }

        @Test
        void shutsProofsUpToTheOneThatClosedWhenTheProvidersClockIsAhead() {
            var ahead = LATER.plusSeconds(5);
            ledger().closeAll(run, Optional.empty(), closure(LATER, Cause.RUN), ahead);
            ledger().closeAll(run, Optional.empty(), closure(LATER, Cause.RUN), LATER.plusSeconds(2));

            var control = ledger().blocks(run).closings().run();
            assertThat(control.blocks(ahead, LATER.plusSeconds(9))).isTrue();
            assertThat(control.blocks(ahead.plusSeconds(1), LATER.plusSeconds(1)))
                    .isFalse();
        }

        @Test
        void mayBeRepeated() {
            minted(first);

            assertThat(ledger().closeAll(run, Optional.empty(), closure(LATER, Cause.RUN), LATER)
                            .closed())
                    .hasSize(1);
            assertThat(ledger().closeAll(run, Optional.empty(), closure(LATER, Cause.RUN), LATER)
                            .closed())
                    .isEmpty();
        }

        @Test
        void endsMoreTokensThanFitOnOnePage() {
            // A page is 1 MB at most, and these are about 20 KB each.
            for (int i = 0; i < 70; i++) {
                minted(sample(jtiOf(run)).withLink("x".repeat(20_000)).record());
            }

            assertThat(ledger().closeAll(run, Optional.empty(), closure(LATER, Cause.RUN), LATER))
                    .satisfies(all -> assertThat(all.closed()).hasSizeBetween(64, 70));
        }

        @Test
        void takesJobNamesOfAnyLengthAndAlphabet() {
            var name = "größter Job der Welt/".repeat(200);
            var long1 =
                    minted(sample(jtiOf(run)).withJob(Optional.of(name + "1")).record());
            var long2 =
                    minted(sample(jtiOf(run)).withJob(Optional.of(name + "2")).record());
            ledger().closeAll(run, long1.requester().job(), closure(LATER, Cause.JOB), LATER);

            assertThat(ledger().blocks(run).isClosed(long1)).isTrue();
            assertThat(ledger().blocks(run).isClosed(long2)).isFalse();
            assertThat(found(long2).livenessAt(LATER)).isEqualTo(Liveness.ALIVE);
        }

        @Test
        void saysNothingAgainstARunThatNobodyClosed() {
            assertThat(ledger().blocks(run).closings()).isEqualTo(RunClosings.NONE);
        }
    }

    @Nested
    class Signing {
        @Test
        void letsNoLeaseRunForATokenThatNobodyHolds() {
            var token = minted(leased(LEASE));
            ledger().markUnsigned(token.jti());

            assertThat(found(token).life().unsigned()).isTrue();
            assertThat(found(token).livenessAt(EXPIRES.minusMillis(1))).isEqualTo(Liveness.ALIVE);
            assertThat(found(token).livenessAt(EXPIRES)).isEqualTo(Liveness.EXPIRED);
        }

        @Test
        void startsTheLeaseWhenItIsMadeAfterAll() {
            var token = minted(leased(LEASE));
            ledger().markUnsigned(token.jti());
            var at = NOW.plusSeconds(200);

            assertThat(ledger().markSigned(token.jti(), at)).isTrue();
            assertThat(found(token).life().unsigned()).isFalse();
            assertThat(found(token).life().leaseDeadline()).contains(at.plus(LEASE));
        }

        /** A signer that gives up late may set the mark when a repeat of the request has brought the token already. */
        @Test
        void countsAsMadeOnceSomebodyRenews() {
            var token = minted(leased(LEASE));
            ledger().markUnsigned(token.jti());

            ledger().renew(token.jti(), HOLDER, LATER);

            assertThat(found(token).life().unsigned()).isFalse();
            assertThat(found(token).life().leaseDeadline()).contains(LATER.plus(LEASE));
        }

        @Test
        void isNotMadeForAClosedToken() {
            var token = minted(leased(LEASE));
            ledger().markUnsigned(token.jti());
            ledger().close(token.jti(), closure(LATER, Cause.RUN));

            assertThat(ledger().markSigned(token.jti(), LATER)).isFalse();
            assertThat(found(token).life().state()).isEqualTo(State.CLOSED);
        }

        @Test
        void isNotMadeForATokenThatExpiresNow() {
            var token = minted(token());
            ledger().markUnsigned(token.jti());

            assertThat(ledger().markSigned(token.jti(), EXPIRES)).isFalse();
        }

        @Test
        void isNotMadeTwice() {
            var token = minted(token());
            ledger().markUnsigned(token.jti());

            assertThat(ledger().markSigned(token.jti(), LATER)).isTrue();
            assertThat(ledger().markSigned(token.jti(), LATER)).isFalse();
            assertThat(found(token)).isEqualTo(token);
        }

        @Test
        void leavesATokenWithoutALeaseWithoutOne() {
            var token = minted(token());
            ledger().markUnsigned(token.jti());
            ledger().markSigned(token.jti(), LATER);

            assertThat(found(token)).isEqualTo(token);
            assertThat(sign(token, "a", EXPIRES.minusMillis(1))).isInstanceOf(First.class);
        }
    }

    @Nested
    class Denying {
        private DenyEntry entry(DenyEntry.Kind kind, String value) {
            return new DenyEntry(kind, value, Optional.empty(), NOW, "ada", Optional.of("stolen"));
        }

        @Test
        void isHeededByTheNextLookAndStanding() {
            var token = minted(token());
            assertThat(ledger().lookUp(token.jti()).alive(LATER)).isPresent();
            var entry = entry(DenyEntry.Kind.JTI, token.jti().toString());
            deny(entry);

            assertThat(ledger().lookUp(token.jti()).alive(LATER)).isEmpty();
            assertThat(ledger().blocks(token.jti().run()).denyList().match(token, LATER))
                    .contains(entry);
            assertThat(ledger().denyList().match(token, LATER)).contains(entry);
        }

        @Test
        void leavesOthersAlone() {
            var token = minted(token());
            deny(entry(DenyEntry.Kind.JTI, jti().toString()));

            assertThat(ledger().lookUp(token.jti()).alive(LATER)).isPresent();
        }

        @Test
        void movesTheVersion() {
            long before = ledger().denyList().version();
            deny(entry(DenyEntry.Kind.JTI, jti().toString()));

            assertThat(ledger().denyList().version()).isGreaterThan(before);
        }

        @Test
        void keepsAnEntryBesideAnotherOfTheSameValue() {
            var token = minted(token());
            var value = token.jti().toString();
            deny(entry(DenyEntry.Kind.JTI, value));
            deny(new DenyEntry(DenyEntry.Kind.JTI, value, Optional.of(LATER), NOW, "ada", Optional.empty()));

            assertThat(ledger().lookUp(token.jti()).alive(LATER.plusSeconds(1))).isEmpty();
        }

        @Test
        void endsAtItsEnd() {
            var token = minted(token());
            deny(new DenyEntry(
                    DenyEntry.Kind.JTI, token.jti().toString(), Optional.of(LATER), NOW, "ada", Optional.empty()));

            assertThat(ledger().lookUp(token.jti()).alive(LATER.minusMillis(1))).isEmpty();
            assertThat(ledger().lookUp(token.jti()).alive(LATER)).isPresent();
        }
    }
}
