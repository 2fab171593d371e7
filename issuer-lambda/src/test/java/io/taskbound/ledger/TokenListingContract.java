// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import static io.taskbound.ledger.SampleTokens.jti;
import static io.taskbound.ledger.SampleTokens.jtiOf;
import static io.taskbound.ledger.SampleTokens.sample;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.digest.Base64Url;
import io.taskbound.ledger.TokenListing.Found;
import io.taskbound.local.BatchedPuts;
import io.taskbound.task.TaskName;
import io.taskbound.token.Jti;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What an administrator sees of the tokens in a table; on a table of its own for each test. */
abstract class TokenListingContract {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final Instant LONG_AGO = NOON.minus(Duration.ofDays(3));
    private static final TaskName DEPLOY = new TaskName("deploy");
    private static final TaskName SIGN = new TaskName("sign");

    private TokenListing listing;
    private Ledger ledger;
    private String table;

    abstract DynamoDbClient client();

    @BeforeEach
    void makeTable() {
        table = "list-" + Base64Url.random(6);
        LedgerTable.create(client(), table);
        listing = new TokenListing(new DynamoTable(client(), table));
        ledger = new DynamoLedger(new DynamoTable(client(), table), Duration.ofDays(30));
    }

    private TokenRecord minted(TaskName task, Instant issued) {
        return minted(jti(), task, issued);
    }

    private TokenRecord minted(Jti jti, TaskName task, Instant issued) {
        var token = token(jti, task, issued);
        ledger.mint(token);
        return token;
    }

    private static TokenRecord token(Jti jti, TaskName task, Instant issued) {
        return sample(jti)
                .withTask(task)
                .withLife(issued, issued.plusSeconds(600))
                .record();
    }

    private static List<TokenRecord> tokens(Iterator<Found> found) {
        var tokens = new ArrayList<TokenRecord>();
        found.forEachRemaining(each -> tokens.add(((Found.Readable) each).token()));
        return tokens;
    }

    private List<TokenRecord> listed(List<TaskName> tasks, Instant from) {
        return tokens(listing.newestFirst(tasks, from, NOON, Optional.empty()));
    }

    @Test
    void givesTheNewestFirstOverTasksAndDays() {
        var oldest = minted(SIGN, NOON.minus(Duration.ofDays(1)));
        var older = minted(DEPLOY, NOON.minus(Duration.ofHours(12)));
        var newer = minted(SIGN, NOON.minusSeconds(5));
        var newest = minted(DEPLOY, NOON);

        assertThat(listed(List.of(DEPLOY, SIGN), LONG_AGO)).containsExactly(newest, newer, older, oldest);
    }

    @Test
    void keepsToItsTasksAndItsTime() {
        var wanted = minted(DEPLOY, NOON.minusSeconds(60));
        minted(SIGN, NOON.minusSeconds(60));
        minted(DEPLOY, NOON.minusSeconds(61));
        minted(DEPLOY, NOON.plusMillis(1));

        assertThat(listed(List.of(DEPLOY), NOON.minusSeconds(60))).containsExactly(wanted);
        assertThat(listed(List.of(new TaskName("other")), LONG_AGO)).isEmpty();
        assertThat(listed(List.of(), LONG_AGO)).isEmpty();
    }

    @Test
    void readsTheStateFromTheTokenAndNotFromTheIndex() {
        var token = minted(DEPLOY, NOON);
        ledger.close(token.jti(), SampleTokens.closure(NOON.plusSeconds(1), Cause.HOLDER));

        assertThat(listed(List.of(DEPLOY), LONG_AGO))
                .first()
                .matches(found -> found.life().state() == State.CLOSED);
        assertThat(listing.find(token.jti())).containsInstanceOf(Found.Readable.class);
        assertThat(listing.find(jti())).isEmpty();
    }

    @Test
    void goesOnWhereItStoppedThoughManyWereIssuedAtOnce() {
        IntStream.range(0, 120).forEach(i -> minted(i % 2 == 0 ? DEPLOY : SIGN, NOON));
        IntStream.range(0, 20).forEach(i -> minted(DEPLOY, NOON.minusSeconds(i)));
        var whole = listed(List.of(DEPLOY, SIGN), LONG_AGO);
        assertThat(whole).hasSize(140).doesNotHaveDuplicates();

        for (int stop : List.of(1, 60, 119, 139)) {
            var rest = tokens(
                    listing.newestFirst(List.of(DEPLOY, SIGN), LONG_AGO, NOON, Optional.of(whole.get(stop - 1))));
            assertThat(rest).isEqualTo(whole.subList(stop, 140));
        }
    }

    @Test
    void readsMorePagesThanOne() {
        var all = IntStream.range(0, 450)
                .mapToObj(i -> token(jti(), DEPLOY, NOON.minusMillis(i)))
                .toList();
        try (var puts = new BatchedPuts(client(), table)) {
            all.forEach(new DynamoLedger(new DynamoTable(puts, table), Duration.ofDays(30))::mint);
        }

        assertThat(listed(List.of(DEPLOY), LONG_AGO)).isEqualTo(all);
    }

    @Test
    void findsEveryTokenOfARunWithoutTheIndex() {
        var first = jti();
        var one = minted(first, DEPLOY, NOON.minus(Duration.ofDays(20)));
        var two = minted(jtiOf(first.run()), SIGN, NOON);
        minted(DEPLOY, NOON);

        assertThat(tokens(listing.ofRun(first.run()).iterator())).containsExactlyInAnyOrder(one, two);
        assertThat(listing.ofRun(jti().run())).isEmpty();
    }

    @Test
    void aRecordThatCannotBeReadHidesNoOther() {
        var good = minted(DEPLOY, NOON);
        put("R#foreign", Map.of("x", AttributeValue.fromS("\u001b[2J")));
        put("R#other", Map.of("x", AttributeValue.fromBool(true)));
        put("DENY", Map.of());

        var found = new ArrayList<Found>();
        listing.newestFirst(List.of(DEPLOY), LONG_AGO, NOON, Optional.empty()).forEachRemaining(found::add);

        assertThat(found).hasSize(4).contains(new Found.Readable(good), new Found.Unreadable("R#foreign T#\u001b[31m"));
    }

    private void put(String pk, Map<String, AttributeValue> damage) {
        var item = new java.util.HashMap<>(damage);
        item.put("pk", AttributeValue.fromS(pk));
        item.put("sk", AttributeValue.fromS("T#\u001b[31m"));
        item.put("lk", AttributeValue.fromS("deploy#2026-11-23"));
        item.put("i", AttributeValue.fromN(NOON.minusSeconds(3).toEpochMilli() + ".5"));
        client().putItem(put -> put.tableName(table).item(item));
    }
}
