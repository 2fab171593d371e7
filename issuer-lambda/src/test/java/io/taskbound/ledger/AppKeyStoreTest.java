// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.local.EmbeddedDynamo;
import io.taskbound.token.KeyRecord;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AppKeyStoreTest {
    private static final AppKey SEALED =
            new AppKey(new KeyRecord.KeyLocation.Sealed("c2VhbGVk"), Instant.ofEpochMilli(1_000), "ada");
    private static final AppKey IN_KMS = new AppKey(
            new KeyRecord.KeyLocation.InKms("arn:aws:kms:eu-central-1:111122223333:key/app"),
            Instant.ofEpochMilli(2_000),
            "grace");

    private final EmbeddedDynamo dynamo = EmbeddedDynamo.inMemory();
    private final AppKeyStore store;

    AppKeyStoreTest() {
        LedgerTable.create(dynamo.client(), "taskbound");
        store = new AppKeyStore(new DynamoTable(dynamo.client(), "taskbound"));
    }

    @AfterEach
    void stop() {
        dynamo.close();
    }

    @Test
    void anImportTakesThePlaceOfTheOneBeforeWhereverThatWas() {
        assertThat(store.read("12345")).isEqualTo(AppKeyStore.Kept.NONE);
        for (var key : new AppKey[] {SEALED, IN_KMS, SEALED}) {
            var seen = store.read("12345");
            assertThat(store.write("12345", seen, key)).isTrue();
            assertThat(store.read("12345").key()).contains(key);
        }
        assertThat(store.read("12345").version()).isEqualTo(3);
        assertThat(store.read("1234")).isEqualTo(AppKeyStore.Kept.NONE);
    }

    @Test
    void letsOneOfTwoWritersWin() {
        assertThat(store.write("12345", AppKeyStore.Kept.NONE, SEALED)).isTrue();
        assertThat(store.write("12345", AppKeyStore.Kept.NONE, IN_KMS)).isFalse();
        // A write whose answer was lost is sent again, and has happened.
        assertThat(store.write("12345", AppKeyStore.Kept.NONE, SEALED)).isTrue();
        assertThat(store.read("12345").version()).isEqualTo(1);
    }
}
