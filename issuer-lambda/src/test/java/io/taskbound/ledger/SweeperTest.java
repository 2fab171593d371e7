// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import static io.taskbound.ledger.SampleTokens.EXPIRES;
import static io.taskbound.ledger.SampleTokens.HOLDER;
import static io.taskbound.ledger.SampleTokens.NOW;
import static io.taskbound.ledger.SampleTokens.closure;
import static io.taskbound.ledger.SampleTokens.jti;
import static io.taskbound.ledger.SampleTokens.jtiOf;
import static io.taskbound.ledger.SampleTokens.leased;
import static io.taskbound.ledger.SampleTokens.sample;
import static io.taskbound.ledger.SampleTokens.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.ledger.DenyEntry.Kind;
import io.taskbound.local.EmbeddedDynamo;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The sweeper on DynamoDB Local. Each test has a table of its own, which it sweeps whole. */
class SweeperTest {
    private static final Duration LEASE = Duration.ofSeconds(60);
    private static final Instant LAPSE = NOW.plus(LEASE);
    private static final Instant LATE = EXPIRES.plus(Duration.ofDays(1));

    private EmbeddedDynamo dynamo;
    private DynamoLedger ledger;
    private Sweeper sweeper;

    @BeforeEach
    void start() {
        dynamo = EmbeddedDynamo.inMemory();
        LedgerTable.create(dynamo.client(), "taskbound");
        ledger = new DynamoLedger(table(), Duration.ofDays(30));
        sweeper = new Sweeper(table());
    }

    @AfterEach
    void stop() {
        dynamo.close();
    }

    private DynamoTable table() {
        return new DynamoTable(dynamo.client(), "taskbound");
    }

    private TokenRecord minted(TokenRecord token) {
        assertThat(ledger.mint(token)).isInstanceOf(Minted.Recorded.class);
        return token;
    }

    /** All that a sweep says, of every shard. */
    private static final class Heard implements Sweeper.Progress {
        private final List<TokenRecord> ended = Collections.synchronizedList(new ArrayList<>());
        private final int most;
        private int rearmed;
        private int unreadable;

        Heard() {
            this(Integer.MAX_VALUE);
        }

        /** @param most ends, until the time is over */
        Heard(int most) {
            this.most = most;
        }

        @Override
        public void ended(TokenRecord token) {
            ended.add(token);
        }

        @Override
        public synchronized void rearmed() {
            rearmed++;
        }

        @Override
        public synchronized void unreadable() {
            unreadable++;
        }

        @Override
        public boolean goesOn(Instant reached) {
            return ended.size() < most;
        }
    }

    private Heard sweep(Instant now) {
        var heard = new Heard();
        IntStream.range(0, Sweeper.SHARDS).forEach(shard -> sweeper.sweep(shard, now, heard));
        return heard;
    }

    private Closure endOf(TokenRecord token) {
        return ledger.find(token.jti()).orElseThrow().life().end().orElseThrow();
    }

    private static Closure byTheClock(Instant at, Cause cause) {
        return new Closure(at, Closure.CLOCK, cause, Optional.empty());
    }

    /** An expiry stands in the token; whatever else ends it, its status list must say. */
    @Test
    void marksInItsStatusListWhatEndedBeforeItsExpiry() {
        var lapsed = minted(sample(jti())
                .withStatus(ledger.statusLists().allot(NOW))
                .withLease(LEASE)
                .record());
        var expired =
                minted(sample(jti()).withStatus(ledger.statusLists().allot(NOW)).record());

        sweep(LATE);
        sweep(EXPIRES.plus(Duration.ofMinutes(1)));

        assertThat(endOf(lapsed).cause()).isEqualTo(Cause.LAPSED);
        assertThat(endOf(expired).cause()).isEqualTo(Cause.EXPIRED);
        var ended = ledger.statusLists()
                .ended(lapsed.grant().status().orElseThrow().list())
                .orElseThrow();
        assertThat(ended.stream())
                .containsExactly(lapsed.grant().status().orElseThrow().index());
    }

    @Test
    void endsALeaseThatRanOutAtTheTimeOfItsDeadline() {
        var token = minted(leased(LEASE));

        var heard = sweep(LATE);

        assertThat(heard.ended).containsExactly(ledger.find(token.jti()).orElseThrow());
        assertThat(endOf(token)).isEqualTo(byTheClock(LAPSE, Cause.LAPSED));
        assertThat(heard.ended.get(0).life().state()).isEqualTo(State.LAPSED);
        assertThat(heard.ended.get(0).missedItsClose()).isTrue();
        assertThat(ledger.renew(token.jti(), HOLDER, NOW)).isInstanceOf(Renewal.Dead.class);
    }

    @Test
    void endsATokenWithoutALeaseAtItsExpiry() {
        var token = minted(token());

        var heard = sweep(LATE);

        assertThat(endOf(token)).isEqualTo(byTheClock(EXPIRES, Cause.EXPIRED));
        assertThat(heard.ended).singleElement().matches(ended -> !ended.missedItsClose());
        assertThat(ledger.redeem(token, 0, "sign", "a", NOW))
                .isInstanceOfSatisfying(
                        Redemption.Refused.class,
                        refused -> assertThat(refused.why()).isEqualTo(Redemption.Why.EXPIRED));
    }

    /** One that reaches the end of its window has ended by it; nobody had to close it. */
    @Test
    void endsATokenWhoseExpiryIsItsWindowsEndByTheWindow() {
        var token = minted(new SampleToken(leased(LEASE))
                .withWindow(EXPIRES.plusMillis(999))
                .record());
        for (var at = NOW; at.isBefore(EXPIRES); at = at.plusSeconds(30)) {
            assertThat(ledger.renew(token.jti(), HOLDER, at)).isInstanceOf(Renewal.Renewed.class);
        }

        var heard = sweep(LATE);

        assertThat(endOf(token)).isEqualTo(byTheClock(EXPIRES, Cause.WINDOW));
        assertThat(heard.ended).singleElement().matches(ended -> !ended.missedItsClose());
        assertThat(ledger.find(token.jti()).orElseThrow().livenessAt(LATE)).isEqualTo(Liveness.CLOSED);
    }

    @Test
    void endsATokenThatExpiresBeforeItsWindowAsExpired() {
        var token = minted(sample(jti()).withWindow(EXPIRES.plusSeconds(1)).record());

        sweep(LATE);

        assertThat(endOf(token)).isEqualTo(byTheClock(EXPIRES, Cause.EXPIRED));
    }

    @Test
    void saysOfALeasedTokenThatExpiredThatItsCloseIsMissing() {
        var token = minted(leased(LEASE));
        for (var at = NOW; at.isBefore(EXPIRES); at = at.plusSeconds(30)) {
            assertThat(ledger.renew(token.jti(), HOLDER, at)).isInstanceOf(Renewal.Renewed.class);
        }

        assertThat(sweep(LATE).ended).singleElement().matches(TokenRecord::missedItsClose);
        assertThat(endOf(token)).isEqualTo(byTheClock(EXPIRES, Cause.EXPIRED));
    }

    @Test
    void leavesAloneWhatHasNotBeenDeadForAWhile() {
        minted(leased(LEASE));

        var heard = sweep(LAPSE.plus(Sweeper.GRACE).minusMillis(1));

        assertThat(heard.ended).isEmpty();
        assertThat(heard.rearmed).isZero();
        assertThat(sweep(LAPSE.plus(Sweeper.GRACE)).ended).hasSize(1);
    }

    @Test
    void aTokenThatWasRenewedMovesToItsNewDeadline() {
        var token = minted(leased(LEASE));
        ledger.renew(token.jti(), HOLDER, LAPSE.minusSeconds(1));

        var first = sweep(LAPSE.plus(Sweeper.GRACE));
        assertThat(first.ended).isEmpty();
        assertThat(first.rearmed).isEqualTo(1);

        var again = sweep(LAPSE.plus(Sweeper.GRACE));
        assertThat(again.rearmed).isZero();
        assertThat(sweep(LATE).ended).hasSize(1);
        assertThat(endOf(token)).isEqualTo(byTheClock(LAPSE.plus(LEASE).minusSeconds(1), Cause.LAPSED));
    }

    @Test
    void saysNothingOfWhatIsClosedOrSpent() {
        var closed = minted(leased(LEASE));
        ledger.close(closed.jti(), closure(NOW, Cause.HOLDER));
        var spent = minted(leased(LEASE));
        ledger.redeem(spent, 0, "sign", "a", NOW);

        assertThat(sweep(LATE).ended).isEmpty();
        assertThat(endOf(closed).cause()).isEqualTo(Cause.HOLDER);
        assertThat(endOf(spent).cause()).isEqualTo(Cause.SPENT);
    }

    @Test
    void aTokenWithoutItsSignatureIsNoMissingClose() {
        var token = minted(leased(LEASE));
        ledger.markUnsigned(token.jti());

        assertThat(sweep(LAPSE.plus(Sweeper.GRACE)).rearmed).isEqualTo(1);
        assertThat(sweep(LATE).ended).singleElement().matches(ended -> !ended.missedItsClose());
    }

    @Test
    void writesToTheRecordsOfAClosedRunWhatTheClosingHadNoTimeFor() {
        var hasty = new DynamoLedger(table(), Duration.ofDays(30), Duration.ZERO);
        var first = minted(leased(LEASE));
        var tokens = IntStream.range(0, 150)
                .mapToObj(each ->
                        minted(sample(jtiOf(first.jti().run())).withLease(LEASE).record()))
                .toList();
        var closed = hasty.closeAll(first.jti().run(), Optional.empty(), closure(NOW.plusSeconds(1), Cause.RUN), NOW);

        var heard = sweep(LAPSE.plus(Sweeper.GRACE));

        assertThat(heard.ended).hasSize(tokens.size() + 1 - closed.closed().size());
        assertThat(heard.ended).isNotEmpty().allSatisfy(token -> {
            assertThat(token.life().end()).contains(closure(NOW.plusSeconds(1), Cause.RUN));
            assertThat(token.missedItsClose()).isFalse();
        });
    }

    /** Whoever said it first has ended them, also where a later closing finds their records left over. */
    @Test
    void writesTheFirstClosingToTheRecordsThatEveryClosingLeftOver() {
        var hasty = new DynamoLedger(table(), Duration.ofDays(30), Duration.ZERO);
        var first = minted(leased(LEASE));
        var run = first.jti().run();
        IntStream.range(0, 300)
                .forEach(each -> minted(sample(jtiOf(run)).withLease(LEASE).record()));
        var told = closure(NOW.plusSeconds(1), Cause.HOOK);
        hasty.end(new RunEnding(run, first.requester().job(), Optional.empty(), NOW.plusSeconds(1), true), told);
        var later = hasty.closeAll(run, Optional.empty(), closure(NOW.plusSeconds(9), Cause.RUN), NOW);

        var heard = sweep(LAPSE.plus(Sweeper.GRACE));

        var ends = Stream.concat(heard.ended.stream(), later.closed().stream());
        assertThat(heard.ended).isNotEmpty();
        assertThat(later.closed()).isNotEmpty();
        assertThat(ends)
                .allSatisfy(token -> assertThat(token.life().end())
                        .contains(new Closure(NOW.plusSeconds(1), Closure.HOOK, Cause.HOOK, Optional.empty())));
    }

    @Test
    void aDeniedTokenEndsAtTheTimeOfItsEntryAndNotBeforeItsDeadline() {
        var token = minted(leased(LEASE));
        var entry = new DenyEntry(
                Kind.JTI, token.jti().toString(), Optional.empty(), NOW.plusSeconds(5), "ada", Optional.of("leaked"));
        new DenyStore(table(), Duration.ofDays(30)).write(entry);

        assertThat(sweep(LAPSE).ended).isEmpty();
        var ended = sweep(LATE).ended;

        assertThat(ended).hasSize(1);
        assertThat(endOf(token)).isEqualTo(new Closure(NOW.plusSeconds(5), "ada", Cause.DENIED, Optional.of("leaked")));
        assertThat(ended.get(0).life().state()).isEqualTo(State.REVOKED);
        assertThat(ended.get(0).missedItsClose()).isFalse();
    }

    @Test
    void anEntryFromAfterItsDeathIsNotItsEnd() {
        var token = minted(leased(LEASE));
        var entry = new DenyEntry(
                Kind.TASK, "sign-release", Optional.empty(), LAPSE.plusSeconds(5), "ada", Optional.empty());
        new DenyStore(table(), Duration.ofDays(30)).write(entry);

        assertThat(sweep(LATE).ended).hasSize(1);
        assertThat(endOf(token).cause()).isEqualTo(Cause.LAPSED);
    }

    /** As an issuer leaves it that dies between the two requests of a last use. */
    @Test
    void aSpentTokenWhoseEndNobodyWroteEndsWithItsLastUse() {
        var token = minted(sample(jti()).withLease(LEASE).record());
        ledger.redeem(token, 0, "sign", "a", NOW.plusSeconds(7));
        dynamo.client()
                .updateItem(update -> update.tableName("taskbound")
                        .key(key(token))
                        .updateExpression("SET q = :q, d = :d REMOVE ca, cb, cc, cn")
                        .expressionAttributeValues(Map.of(
                                ":q", AttributeValue.fromS("7"),
                                ":d", AttributeValue.fromN(Long.toString(LAPSE.toEpochMilli())))));

        assertThat(sweep(LATE).ended).singleElement().matches(ended -> !ended.missedItsClose());
        assertThat(endOf(token)).isEqualTo(new Closure(NOW.plusSeconds(7), "signer", Cause.SPENT, Optional.empty()));
        assertThat(sweep(LATE).ended).isEmpty();
    }

    @Test
    void aRecordThatCannotBeReadHindersNoOther() {
        var broken = minted(leased(LEASE));
        dynamo.client()
                .updateItem(update -> update.tableName("taskbound")
                        .key(key(broken))
                        .updateExpression("SET p = :broken")
                        .expressionAttributeValues(Map.of(":broken", AttributeValue.fromN("1"))));
        var tokens = IntStream.range(0, 100)
                .mapToObj(each -> minted(sample(jti()).withLease(LEASE).record()))
                .toList();

        var heard = sweep(LATE);

        assertThat(heard.unreadable).isEqualTo(1);
        assertThat(heard.ended).hasSameSizeAs(tokens);
    }

    @Test
    void aRecordThatTheTableForgotIsNotMadeAgain() {
        var token = minted(token());
        var due = new DueToken(token, RunClosings.NONE, java.util.OptionalLong.empty());
        dynamo.client().deleteItem(delete -> delete.tableName("taskbound").key(key(token)));

        assertThat(due.end(DenyList.EMPTY, LATE, LATE)).isPresent();
        assertThat(sweeper.end(due, byTheClock(EXPIRES, Cause.EXPIRED))).isEmpty();
        assertThat(ledger.find(token.jti())).isEmpty();
    }

    /** A mint that dies before it reads that its run is closed leaves a record that is younger than the closing. */
    @Test
    void nothingEndsBeforeItWasIssued() {
        var token = token();
        var ended = RunControl.endedAt(token.life().issued().minusSeconds(60));
        var closings = new RunClosings(Map.of(ControlLine.OF_RUN, ended));
        var due = new DueToken(token, closings, java.util.OptionalLong.empty());

        assertThat(due.end(DenyList.EMPTY, LATE, LATE).orElseThrow().at())
                .isEqualTo(token.life().issued());
    }

    @Test
    void stopsWithinAPageWhenTheTimeIsOver() {
        var tokens = IntStream.range(0, 200)
                .mapToObj(each -> minted(sample(jti()).withLease(LEASE).record()))
                .toList();
        var first = new Heard(100);
        IntStream.range(0, Sweeper.SHARDS).forEach(shard -> sweeper.sweep(shard, LATE, first));

        assertThat(first.ended).hasSize(100);
        assertThat(sweep(LATE).ended).hasSize(tokens.size() - 100);
    }

    @Test
    void severalSweepersEndEachTokenOnce() throws Exception {
        var tokens = IntStream.range(0, 300)
                .mapToObj(each -> minted(sample(jti()).withLease(LEASE).record()))
                .toList();
        var heard = new Heard();
        var threads = Executors.newFixedThreadPool(6);
        try {
            var sweeps = IntStream.range(0, 3 * Sweeper.SHARDS)
                    .<Callable<Object>>mapToObj(each ->
                            Executors.callable(() -> new Sweeper(table()).sweep(each % Sweeper.SHARDS, LATE, heard)))
                    .toList();
            for (var sweep : threads.invokeAll(sweeps)) {
                sweep.get();
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(heard.ended).hasSameSizeAs(tokens);
        assertThat(heard.ended.stream().map(TokenRecord::jti).distinct()).hasSameSizeAs(tokens);
    }

    private static Map<String, AttributeValue> key(TokenRecord token) {
        var key = Key.token(token.jti());
        return Map.of("pk", AttributeValue.fromS(key.pk()), "sk", AttributeValue.fromS(key.sk()));
    }
}
