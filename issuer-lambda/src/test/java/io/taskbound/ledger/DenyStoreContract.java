// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import static io.taskbound.ledger.SampleTokens.NOW;
import static io.taskbound.ledger.SampleTokens.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.digest.Base64Url;
import io.taskbound.ledger.DenyStore.Lifted;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What an administrator does to the deny list, as the issuer sees it; on a table of its own for each test. */
abstract class DenyStoreContract {
    private static final Duration RETENTION = Duration.ofDays(30);
    private static final Instant LATER = NOW.plusSeconds(1);
    private static final Instant END = NOW.plusSeconds(3_900);
    private static final DenyListLine.Lifting LIFTING =
            new DenyListLine.Lifting(LATER, "arn:aws:iam::1:user/bob", "found it");

    private DenyStore store;
    private Ledger issuer;
    private String table;

    abstract DynamoDbClient client();

    @BeforeEach
    void makeTable() {
        table = "deny-" + Base64Url.random(6);
        LedgerTable.create(client(), table);
        store = new DenyStore(new DynamoTable(client(), table), RETENTION);
        issuer = new DynamoLedger(new DynamoTable(client(), table), RETENTION);
    }

    private static DenyEntry entry(DenyEntry.Kind kind, String value) {
        return new DenyEntry(kind, value, Optional.of(END), NOW, "arn:aws:iam::1:user/ada", Optional.of("stolen"));
    }

    @Test
    void theIssuerHeedsAnEntryFromTheNextRequestOn() {
        var token = token();
        issuer.mint(token);
        assertThat(issuer.lookUp(token.jti()).alive(LATER)).isPresent();

        store.write(entry(DenyEntry.Kind.TASK, "sign-release"));

        assertThat(issuer.lookUp(token.jti()).alive(LATER)).isEmpty();
        assertThat(issuer.blocks(token.jti().run()).denyList().match(token, LATER))
                .isPresent();
    }

    @Test
    void readsBackWhoWroteItWhenWhyAndForHowLong() {
        var entry = entry(DenyEntry.Kind.PROJECT, "2002");
        var id = store.write(entry);

        assertThat(store.read()).containsExactly(new DenyListLine.Written(id, entry, Optional.empty()));
    }

    @Test
    void aTokenLivesAgainOnceItsEntryIsLifted() {
        var token = token();
        issuer.mint(token);
        var id = store.write(entry(DenyEntry.Kind.JTI, token.jti().toString()));
        assertThat(issuer.lookUp(token.jti()).alive(LATER)).isEmpty();

        assertThat(store.lift(id, LIFTING)).isInstanceOf(Lifted.Done.class);

        assertThat(issuer.lookUp(token.jti()).alive(LATER)).isPresent();
        var lifted = (DenyListLine.Written) store.read().get(0);
        assertThat(lifted.lifted()).contains(LIFTING);
        assertThat(lifted.entry().until()).contains(LIFTING.at());
        assertThat(lifted.entry().by()).isEqualTo("arn:aws:iam::1:user/ada");
    }

    @Test
    void liftingOneEntryLeavesTheOthers() {
        var token = token();
        issuer.mint(token);
        var ofTask = store.write(entry(DenyEntry.Kind.TASK, "sign-release"));
        store.write(entry(DenyEntry.Kind.PROVIDER, "github"));

        store.lift(ofTask, LIFTING);

        assertThat(issuer.lookUp(token.jti()).alive(LATER)).isEmpty();
    }

    @Test
    void refusesToLiftWhatIsNotThere() {
        store.write(entry(DenyEntry.Kind.TASK, "deploy"));

        assertThat(store.lift("AAAAAAAAAAAAAAAA", LIFTING)).isInstanceOf(Lifted.NotThere.class);
        assertThat(store.lift("", LIFTING)).isInstanceOf(Lifted.NotThere.class);
        assertThat(store.lift("../HEAD", LIFTING)).isInstanceOf(Lifted.NotThere.class);
        assertThat(store.read()).hasSize(1);
    }

    @Test
    void refusesToLiftTwiceAndAfterTheEnd() {
        var id = store.write(entry(DenyEntry.Kind.TASK, "deploy"));
        var over = store.write(entry(DenyEntry.Kind.TASK, "publish"));
        store.lift(id, LIFTING);

        assertThat(store.lift(id, new DenyListLine.Lifting(LATER.plusSeconds(1), "eve", "no")))
                .isInstanceOf(Lifted.OverAlready.class);
        assertThat(store.lift(over, new DenyListLine.Lifting(END, "eve", "no"))).isInstanceOf(Lifted.OverAlready.class);
        assertThat(store.read()).noneMatch(denial -> denial.toString().contains("eve"));
    }

    @Test
    void anEntryWithoutAnEndIsLiftedToo() {
        var id = store.write(
                new DenyEntry(DenyEntry.Kind.TASK, "deploy", Optional.empty(), NOW, "ada", Optional.empty()));

        assertThat(store.lift(id, LIFTING)).isInstanceOf(Lifted.Done.class);
        assertThat(client().getItem(get -> get.tableName(table)
                                .key(Map.of("pk", AttributeValue.fromS("DENY"), "sk", AttributeValue.fromS("E#" + id))))
                        .item())
                .containsKey("ttl");
    }

    @Test
    void anEntryThatCannotBeReadHidesNoOther() {
        var entry = entry(DenyEntry.Kind.TASK, "deploy");
        var id = store.write(entry);
        for (var damage :
                List.of(Map.of("dk", AttributeValue.fromS("\u001b[2J")), Map.of("dk", AttributeValue.fromBool(true)))) {
            client().putItem(put -> put.tableName(table).item(damaged("E#" + Base64Url.random(3), damage)));
        }

        assertThat(store.read())
                .hasSize(3)
                .contains(new DenyListLine.Written(id, entry, Optional.empty()))
                .filteredOn(DenyListLine.Unreadable.class::isInstance)
                .hasSize(2);
    }

    private static Map<String, AttributeValue> damaged(String sk, Map<String, AttributeValue> damage) {
        var item = new java.util.HashMap<>(damage);
        item.put("pk", AttributeValue.fromS("DENY"));
        item.put("sk", AttributeValue.fromS(sk));
        return item;
    }
}
