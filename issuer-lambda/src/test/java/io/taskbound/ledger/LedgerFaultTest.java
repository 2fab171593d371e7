// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import static io.taskbound.ledger.FaultyHttp.BROKEN;
import static io.taskbound.ledger.FaultyHttp.DENIED;
import static io.taskbound.ledger.FaultyHttp.LOST_ANSWER;
import static io.taskbound.ledger.FaultyHttp.NO_CONNECTION;
import static io.taskbound.ledger.FaultyHttp.PASS;
import static io.taskbound.ledger.FaultyHttp.SILENT;
import static io.taskbound.ledger.FaultyHttp.THROTTLED;
import static io.taskbound.ledger.FaultyHttp.UNPROCESSED;
import static io.taskbound.ledger.FaultyHttp.lostAnswerThen;
import static io.taskbound.ledger.SampleTokens.HOLDER;
import static io.taskbound.ledger.SampleTokens.NOW;
import static io.taskbound.ledger.SampleTokens.closure;
import static io.taskbound.ledger.SampleTokens.jti;
import static io.taskbound.ledger.SampleTokens.leased;
import static io.taskbound.ledger.SampleTokens.token;
import static io.taskbound.ledger.SampleTokens.unlimited;
import static io.taskbound.ledger.SampleTokens.withUses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskbound.local.HttpDynamo;
import io.taskbound.token.KeyRecord;
import io.taskbound.token.KeySchedule;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The real client over a wire that fails: nothing is granted in doubt, and what did take place is not done twice. */
class LedgerFaultTest {
    private static final Instant LATER = NOW.plusSeconds(1);
    private static HttpDynamo dynamo;
    private static FaultyHttp wire;
    private static DynamoDbClient client;
    /** Goes beside the faulty wire. */
    private static DynamoDbClient beside;

    private Ledger ledger;

    @BeforeAll
    static void start() {
        dynamo = HttpDynamo.start();
        wire = new FaultyHttp(Apache5HttpClient.create());
        client = PatientClient.over(dynamo, wire);
        beside = PatientClient.of(dynamo);
        LedgerTable.create(client, "taskbound");
    }

    @AfterAll
    static void stop() {
        client.close();
        beside.close();
        wire.close();
        dynamo.close();
    }

    @BeforeEach
    void heal() {
        wire.next();
        ledger = fresh();
    }

    private static Ledger fresh() {
        return new DynamoLedger(new DynamoTable(client, "taskbound"), Duration.ofDays(30));
    }

    private TokenRecord minted(TokenRecord token) {
        assertThat(ledger.mint(token)).isEqualTo(new Minted.Recorded());
        return token;
    }

    private TokenRecord found(TokenRecord token) {
        wire.next();
        return ledger.find(token.jti()).orElseThrow();
    }

    private Redemption sign(TokenRecord token, String useKey) {
        return ledger.redeem(token, 0, "sign", useKey, LATER);
    }

    @Test
    void aMintWhoseAnswerWasLostIsNoReplay() {
        var token = token();
        wire.next(LOST_ANSWER, LOST_ANSWER);

        assertThat(ledger.mint(token)).isEqualTo(new Minted.Recorded());
        assertThat(wire.operations()).containsExactly("PutItem", "PutItem", "PutItem");
        assertThat(found(token)).isEqualTo(token);
    }

    @Test
    void aMintThatNobodyHeardOfIsAReplayToTheNextCall() {
        var token = token();
        wire.next(LOST_ANSWER, LOST_ANSWER, LOST_ANSWER);

        assertThatThrownBy(() -> ledger.mint(token)).isInstanceOf(LedgerUnavailable.class);
        assertThat(ledger.mint(token)).isEqualTo(new Minted.Existing(token));
    }

    @Test
    void aMintWhoseRunIsClosedWhileItsAnswerIsLostSeesTheClosing() {
        var token = token();
        var other = new DynamoLedger(new DynamoTable(beside, "taskbound"), Duration.ofDays(30));
        wire.next(lostAnswerThen(
                () -> other.closeAll(token.jti().run(), Optional.empty(), closure(LATER, Cause.RUN), LATER)));

        assertThat(ledger.mint(token)).isEqualTo(new Minted.Recorded());
        assertThat(ledger.blocks(token.jti().run()).isClosed(token)).isTrue();
        assertThat(found(token).life().state()).isEqualTo(State.CLOSED);
    }

    @Test
    void aUseWhoseAnswerWasLostIsCountedOnce() {
        var token = minted(withUses(3, 1));
        wire.next(LOST_ANSWER, LOST_ANSWER);

        assertThat(sign(token, "a")).isInstanceOf(Redemption.First.class);
        assertThat(found(token).uses().left()).containsExactly(2);
        assertThat(found(token).uses().count()).isEqualTo(1);
    }

    @Test
    void aLastUseWhoseAnswerWasLostIsStillTheFirst() {
        var token = minted(token());
        wire.next(LOST_ANSWER);

        assertThat(sign(token, "a")).isInstanceOf(Redemption.First.class);
        assertThat(found(token).livenessAt(LATER)).isEqualTo(Liveness.SPENT);
    }

    /** Nobody else could tell of it: the record has left the sweeper's index. */
    @Test
    void anEndOfTheSweeperWhoseAnswersWereAllLostIsStillToldOf() {
        var token = minted(token());
        var end = new Closure(token.life().expires(), Closure.CLOCK, Cause.EXPIRED, Optional.empty());
        var due = new DueToken(token, RunClosings.NONE, OptionalLong.empty());
        var sweeper = new Sweeper(new DynamoTable(client, "taskbound"));
        wire.next(LOST_ANSWER, LOST_ANSWER, LOST_ANSWER);

        assertThat(sweeper.end(due, end)).contains(found(token));
        assertThat(found(token).life().end()).contains(end);
        assertThat(sweeper.end(due, end)).as("told once").isEmpty();

        var unswept = minted(token());
        wire.next(NO_CONNECTION, NO_CONNECTION, NO_CONNECTION);
        assertThatThrownBy(() -> sweeper.end(new DueToken(unswept, RunClosings.NONE, OptionalLong.empty()), end))
                .isInstanceOf(LedgerUnavailable.class);
    }

    @Test
    void aUseThatNobodyHeardOfIsARepeatToTheNextCall() {
        var token = minted(token());
        wire.next(LOST_ANSWER, LOST_ANSWER, LOST_ANSWER);

        assertThatThrownBy(() -> sign(token, "a")).isInstanceOf(LedgerUnavailable.class);
        assertThat(sign(token, "a")).isInstanceOf(Redemption.Repeat.class);
        assertThat(found(token).uses().count()).isEqualTo(1);
    }

    @Test
    void aUseWhoseTokenIsClosedWhileItsAnswerIsLostIsRefused() {
        var token = minted(token());
        var other = new DynamoLedger(new DynamoTable(beside, "taskbound"), Duration.ofDays(30));
        wire.next(lostAnswerThen(() -> other.close(token.jti(), closure(LATER, Cause.HOLDER))));

        assertThat(sign(token, "a"))
                .isInstanceOfSatisfying(
                        Redemption.Refused.class,
                        refused -> assertThat(refused.why()).isEqualTo(Redemption.Why.CLOSED));
    }

    @Test
    void aCloseWhoseAnswerWasLostIsStillThisCallsClose() {
        var token = minted(token());
        wire.next(LOST_ANSWER);

        assertThat(ledger.close(token.jti(), closure(LATER, Cause.HOLDER))).isPresent();
        assertThat(ledger.close(token.jti(), closure(LATER, Cause.HOLDER))).isEmpty();
    }

    @Test
    void aClosingOfARunCountsATokenOnceThoughAnswersAreLost() {
        var token = minted(token());
        wire.next(LOST_ANSWER, PASS, PASS, LOST_ANSWER);

        assertThat(ledger.closeAll(token.jti().run(), Optional.empty(), closure(LATER, Cause.RUN), LATER)
                        .closed())
                .hasSize(1);
        assertThat(found(token).life().state()).isEqualTo(State.CLOSED);
    }

    @Test
    void aClosingOfARunThatCannotBeWrittenIsNotAcknowledgedAndMayBeRepeated() {
        var token = minted(token());
        wire.next(NO_CONNECTION, NO_CONNECTION, NO_CONNECTION);
        var closing = closure(LATER, Cause.RUN);

        assertThatThrownBy(() -> ledger.closeAll(token.jti().run(), Optional.empty(), closing, closing.at()))
                .isInstanceOf(LedgerUnavailable.class);
        assertThat(ledger.closeAll(token.jti().run(), Optional.empty(), closing, closing.at())
                        .closed())
                .hasSize(1);
    }

    @Test
    void aClosingOfARunHoldsThoughARecordCannotBeWritten() {
        var token = minted(token());
        wire.next(PASS, PASS, NO_CONNECTION, NO_CONNECTION, NO_CONNECTION);
        var closing = closure(LATER, Cause.RUN);

        assertThat(ledger.closeAll(token.jti().run(), Optional.empty(), closing, closing.at()))
                .isEqualTo(new ClosedAll(List.of(), false, true));
        assertThat(found(token).life().state()).isEqualTo(State.ACTIVE);
        assertThat(ledger.lookUp(token.jti()).alive(LATER)).isEmpty();
        assertThat(ledger.lookUp(token.jti()).record().orElseThrow().life().end())
                .contains(closing);
    }

    @Test
    void theEndOfAJobIsKeptAndCountedOnceThoughItsAnswerWasLost() {
        var token = minted(token());
        var ending = ending(token, token.requester().job());
        wire.next(LOST_ANSWER);

        var all = ledger.end(ending, closure(LATER, Cause.HOOK));
        ledger.end(ending, closure(LATER.plusSeconds(9), Cause.HOOK));

        assertThat(all.kept()).isTrue();
        assertThat(all.closed()).hasSize(1);
        var control = Key.control(token.jti().run());
        assertThat(new DynamoTable(beside, "taskbound")
                        .get("look", List.of(control))
                        .get(control)
                        .number("ej@"))
                .isEqualTo(1);
    }

    private static RunEnding ending(TokenRecord token, Optional<String> job) {
        return new RunEnding(token.jti().run(), job, Optional.empty(), LATER, true);
    }

    @Test
    void aRenewalWhoseAnswerWasLostIsTheSameRenewal() {
        var token = minted(leased(Duration.ofSeconds(60)));
        wire.next(LOST_ANSWER);

        assertThat(ledger.renew(token.jti(), HOLDER, LATER)).isInstanceOf(Renewal.Renewed.class);
        assertThat(found(token).life().leaseDeadline()).contains(LATER.plusSeconds(60));
    }

    @Test
    void twoThrottledAttemptsAreNotFelt() {
        var token = token();
        wire.next(THROTTLED, THROTTLED);

        assertThat(ledger.mint(token)).isEqualTo(new Minted.Recorded());
    }

    static Stream<Consumer<Ledger>> operations() {
        var token = token();
        return Stream.of(
                ledger -> ledger.mint(token()),
                ledger -> ledger.blocks(token.jti().run()),
                ledger -> ledger.find(token.jti()),
                ledger -> ledger.lookUp(token.jti()),
                ledger -> ledger.renew(token.jti(), HOLDER, LATER),
                ledger -> ledger.redeem(token, 0, "sign", "a", LATER),
                ledger -> ledger.close(token.jti(), closure(LATER, Cause.HOLDER)),
                ledger -> ledger.closeAll(token.jti().run(), token.requester().job(), closure(LATER, Cause.JOB), LATER),
                ledger -> ledger.end(ending(token, token.requester().job()), closure(LATER, Cause.HOOK)),
                ledger -> ledger.markUnsigned(token.jti()),
                ledger -> ledger.markSigned(token.jti(), LATER),
                Ledger::denyList);
    }

    @ParameterizedTest
    @MethodSource("operations")
    void saysSoWhenTheTableIsOutOfReachAfterThreeAttempts(Consumer<Ledger> operation) {
        for (var fault : List.of(NO_CONNECTION, BROKEN)) {
            wire.always(fault);

            assertThatThrownBy(() -> operation.accept(ledger)).isInstanceOf(LedgerUnavailable.class);
            assertThat(wire.operations()).hasSize(3);
        }
    }

    @Test
    void saysSoWhenTheTableKeepsThrottling() {
        wire.always(THROTTLED);

        assertThatThrownBy(() -> ledger.mint(token())).isInstanceOf(LedgerUnavailable.class);
        assertThat(wire.operations()).hasSize(3);
    }

    @ParameterizedTest
    @MethodSource("operations")
    void keepsWhatTheTableSaysOutOfTheMessage(Consumer<Ledger> operation) {
        wire.always(DENIED);

        assertThatThrownBy(() -> operation.accept(ledger))
                .isInstanceOf(LedgerUnavailable.class)
                .hasMessageNotContaining("acme")
                .hasMessageContaining("400")
                .hasNoCause();
    }

    @Test
    void waitsThreeSecondsForASilentTableAndNoLonger() {
        var impatient = PatientClient.impatient(dynamo, wire);
        ledger = new DynamoLedger(new DynamoTable(impatient, "taskbound"), Duration.ofDays(30));
        wire.always(SILENT);
        long begin = System.nanoTime();

        assertThatThrownBy(() -> ledger.lookUp(jti())).isInstanceOf(LedgerUnavailable.class);
        assertThat(DynamoClients.limits().build().apiCallTimeout()).contains(Duration.ofSeconds(3));
        // The table would be silent for sixty.
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(50));
    }

    @Test
    void asksAgainForKeysThatStayedUnprocessed() {
        var token = minted(token());
        wire.next(UNPROCESSED, UNPROCESSED);

        assertThat(ledger.lookUp(token.jti()).record()).contains(token);
        assertThat(wire.operations()).containsExactly("BatchGetItem", "BatchGetItem", "BatchGetItem");
    }

    @Test
    void takesKeysThatStayUnprocessedForAnOutageNeverForAbsence() {
        wire.always(UNPROCESSED);

        assertThatThrownBy(() -> ledger.lookUp(jti())).isInstanceOf(LedgerUnavailable.class);
        assertThatThrownBy(() -> ledger.blocks(jti().run())).isInstanceOf(LedgerUnavailable.class);
        assertThat(wire.operations()).hasSize(8);
    }

    @Test
    void givesNobodyTheOldDenyListWhenTheNewOneCannotBeRead() {
        var token = minted(token());
        assertThat(ledger.lookUp(token.jti()).alive(LATER)).isPresent();
        deny(token);
        wire.next(PASS, BROKEN, BROKEN, BROKEN);

        assertThatThrownBy(() -> ledger.lookUp(token.jti())).isInstanceOf(LedgerUnavailable.class);
        assertThat(ledger.lookUp(token.jti()).alive(LATER)).isEmpty();
    }

    /** By another instance, as an administrator would. */
    private void deny(TokenRecord token) {
        new DenyStore(new DynamoTable(client, "taskbound"), Duration.ofDays(30))
                .write(new DenyEntry(
                        DenyEntry.Kind.JTI, token.jti().toString(), Optional.empty(), NOW, "ada", Optional.empty()));
    }

    @Test
    void readsTheDenyListAgainOnlyWhenItsVersionMoved() {
        var token = minted(token());
        deny(token());
        ledger.denyList();
        wire.next();
        ledger.lookUp(token.jti());
        ledger.blocks(token.jti().run());
        assertThat(wire.operations()).containsExactly("BatchGetItem", "BatchGetItem");

        deny(token);
        wire.next();
        ledger.lookUp(token.jti());
        assertThat(wire.operations()).containsExactly("BatchGetItem", "Query");
    }

    @Test
    void writesTheEntryBeforeItMovesTheVersion() {
        wire.next(PASS, BROKEN, BROKEN, BROKEN);

        assertThatThrownBy(() -> deny(token())).isInstanceOf(LedgerUnavailable.class);
        assertThat(wire.operations()).startsWith("PutItem", "UpdateItem");
    }

    @Test
    void takesOneRequestForAllButClosingARun() {
        var token = minted(unlimited());
        ledger.denyList();

        assertThat(requestsOf(() -> ledger.mint(token()))).containsExactly("PutItem");
        assertThat(requestsOf(() -> ledger.blocks(token.jti().run()))).containsExactly("BatchGetItem");
        assertThat(requestsOf(() -> ledger.lookUp(token.jti()))).containsExactly("BatchGetItem");
        assertThat(requestsOf(() -> sign(token, "a"))).containsExactly("UpdateItem");
        assertThat(requestsOf(() -> sign(token(), "a"))).containsExactly("UpdateItem");
        assertThat(requestsOf(() -> ledger.renew(token.jti(), HOLDER, LATER))).containsExactly("UpdateItem");
        assertThat(requestsOf(() -> ledger.close(token.jti(), closure(LATER, Cause.HOLDER))))
                .containsExactly("UpdateItem");
    }

    @Test
    void takesTheControlOneQueryAndEachTokenToCloseARun() {
        var token = minted(token());

        assertThat(requestsOf(
                        () -> ledger.closeAll(token.jti().run(), Optional.empty(), closure(LATER, Cause.RUN), LATER)))
                .containsExactly("UpdateItem", "Query", "UpdateItem");
    }

    @Test
    void takesAsMuchToEndARunOrAJob() {
        var token = minted(token());
        var job = token.requester().job();

        assertThat(requestsOf(() -> ledger.end(ending(token, job), closure(LATER, Cause.HOOK))))
                .containsExactly("UpdateItem", "Query", "UpdateItem");
        assertThat(requestsOf(() -> ledger.end(ending(token, Optional.empty()), closure(LATER, Cause.HOOK))))
                .containsExactly("UpdateItem", "Query");
    }

    private static List<String> requestsOf(Runnable operation) {
        wire.next();
        operation.run();
        return wire.operations();
    }

    private static KeyRecord key(String letter) {
        return new KeyRecord(
                letter.repeat(43), new KeyRecord.KeyLocation.InKms("arn"), NOW, NOW, Optional.empty(), "arn:rotator");
    }

    @Test
    void aChangeOfTheKeysWhoseAnswerWasLostHasHappenedOnce() {
        LedgerTable.create(beside, "keys");
        var keys = new KeyStore(new DynamoTable(client, "keys"));
        var before = new KeyStore(new DynamoTable(beside, "keys")).read();
        wire.next(LOST_ANSWER, LOST_ANSWER);

        assertThat(keys.write(before, List.of(key("a"), key("b")))).isTrue();
        assertThat(wire.operations()).containsExactly("TransactWriteItems", "TransactWriteItems", "TransactWriteItems");
        assertThat(keys.read().version()).isEqualTo(1);
        assertThat(keys.schedule().keys()).containsExactly(key("a"), key("b"));

        assertThat(keys.write(before, List.of(key("c")))).as("by who saw less").isFalse();
        assertThat(keys.schedule().keys()).hasSize(2);
    }

    @Test
    void aChangeOfTheKeysWithoutATableIsAnOutage() {
        var nowhere = new KeyStore(new DynamoTable(client, "no-such-table"));
        var seen = new KeyStore.Keys(0, new KeySchedule(List.of()));

        assertThatThrownBy(() -> nowhere.write(seen, List.of(key("a"))))
                .isInstanceOf(LedgerUnavailable.class)
                .hasMessageContaining("ResourceNotFoundException");
    }

    /** DynamoDB Local in this process throws exceptions of its own when its disk is slow; the answer was 500. */
    @Test
    void takesWhateverTheClientThrowsForAnOutage() {
        var throwing = (DynamoDbClient) Proxy.newProxyInstance(
                DynamoDbClient.class.getClassLoader(), new Class<?>[] {DynamoDbClient.class}, (self, method, none) -> {
                    throw new IllegalStateException("the disk is slow");
                });
        var broken = new DynamoLedger(new DynamoTable(throwing, "taskbound"), Duration.ofDays(30));

        assertThatThrownBy(broken::denyList)
                .isInstanceOf(LedgerUnavailable.class)
                .hasMessageNotContaining("disk");
    }
}
