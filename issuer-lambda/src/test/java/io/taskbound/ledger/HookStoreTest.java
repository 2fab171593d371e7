// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskbound.local.EmbeddedDynamo;
import io.taskbound.task.HookName;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HookStoreTest {
    private static final HookName ACME = new HookName("acme");

    private final EmbeddedDynamo dynamo = EmbeddedDynamo.inMemory();
    private final HookStore store;

    HookStoreTest() {
        LedgerTable.create(dynamo.client(), "taskbound");
        store = new HookStore(new DynamoTable(dynamo.client(), "taskbound"));
    }

    @AfterEach
    void stop() {
        dynamo.close();
    }

    private static SealedHookSecret secret(String id, long made) {
        return new SealedHookSecret(id, "sealed-" + id, Instant.ofEpochMilli(made), "ada");
    }

    @Test
    void keepsUpToTwoSecretsOfAHook() {
        assertThat(store.read(ACME)).isEqualTo(HookStore.Secrets.NONE);
        assertThat(store.write(ACME, HookStore.Secrets.NONE, List.of(secret("b", 1))))
                .isTrue();
        var one = store.read(ACME);
        assertThat(one.active()).containsExactly(secret("b", 1));

        assertThat(store.write(ACME, one, List.of(secret("a", 2), secret("b", 1))))
                .isTrue();
        assertThat(store.read(ACME).active()).containsExactly(secret("b", 1), secret("a", 2));

        var three = List.of(secret("a", 2), secret("b", 1), secret("c", 3));
        assertThatThrownBy(() -> store.write(ACME, store.read(ACME), three))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void letsOneOfTwoWritersWin() {
        store.write(ACME, HookStore.Secrets.NONE, List.of(secret("a", 1)));
        var seen = store.read(ACME);

        assertThat(store.write(ACME, seen, List.of(secret("a", 1), secret("b", 2))))
                .isTrue();
        assertThat(store.write(ACME, seen, List.of(secret("a", 1), secret("c", 3))))
                .isFalse();
        assertThat(store.write(ACME, HookStore.Secrets.NONE, List.of(secret("d", 4))))
                .isFalse();

        assertThat(store.read(ACME).active()).containsExactly(secret("a", 1), secret("b", 2));
    }

    @Test
    void listsTheHooksAndNothingElse() {
        new DynamoLedger(new DynamoTable(dynamo.client(), "taskbound"), DynamoLedger.DEFAULT_RETENTION)
                .mint(SampleTokens.sample(SampleTokens.jti()).record());
        store.write(new HookName("b"), HookStore.Secrets.NONE, List.of(secret("x", 1)));
        store.write(ACME, HookStore.Secrets.NONE, List.of());

        assertThat(store.all().keySet()).containsExactly(ACME, new HookName("b"));
        assertThat(store.all().get(ACME).active()).isEmpty();
    }
}
