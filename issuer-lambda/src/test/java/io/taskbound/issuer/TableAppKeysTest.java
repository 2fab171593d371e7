// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskbound.ledger.AppKey;
import io.taskbound.ledger.AppKeyStore;
import io.taskbound.ledger.DynamoTable;
import io.taskbound.ledger.LedgerTable;
import io.taskbound.local.EmbeddedDynamo;
import io.taskbound.token.KeyRecord.KeyLocation;
import io.taskbound.token.KmsAppKeys;
import io.taskbound.token.SignerUnavailable;
import io.taskbound.token.StandInKms;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TableAppKeysTest {
    private static final byte[] INPUT = "header.claims".getBytes(UTF_8);

    @Test
    void findsTheKeyThatWasImportedLastSealedOrInKms() throws Exception {
        var pair = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        try (var dynamo = EmbeddedDynamo.inMemory();
                var kms = new StandInKms();
                var client = kms.client()) {
            LedgerTable.create(dynamo.client(), "taskbound");
            var store = new AppKeyStore(new DynamoTable(dynamo.client(), "taskbound"));
            var appKeys = new KmsAppKeys(client, StandInKms.KEY, "taskbound");
            var keys = new TableAppKeys(store, appKeys);
            assertThat(keys.find("12345")).isEmpty();

            keep(
                    store,
                    new KeyLocation.Sealed(
                            appKeys.seal("12345", pair.getPrivate().getEncoded())));
            assertThat(verifies(
                            pair.getPublic(), keys.find("12345").orElseThrow().sign(INPUT)))
                    .isTrue();

            keep(store, new KeyLocation.InKms(StandInKms.APP_KEY));
            assertThat(verifies(
                            kms.appKeys().getPublic(),
                            keys.find("12345").orElseThrow().sign(INPUT)))
                    .isTrue();
        }
    }

    /** Not a fault of the ledger in the middle of a delivery: GitHub was asked nothing, so nothing may be alive. */
    @Test
    void aTableThatIsOutOfReachIsAKeyThatCannotBeUsedNow() throws Exception {
        try (var dynamo = EmbeddedDynamo.inMemory();
                var kms = new StandInKms();
                var client = kms.client()) {
            var keys = new TableAppKeys(
                    new AppKeyStore(new DynamoTable(dynamo.client(), "missing")),
                    new KmsAppKeys(client, StandInKms.KEY, "missing"));
            assertThatThrownBy(() -> keys.find("12345"))
                    .isInstanceOf(SignerUnavailable.class)
                    .hasMessage("the table with it is out of reach");
        }
    }

    private static void keep(AppKeyStore store, KeyLocation kept) {
        assertThat(store.write("12345", store.read("12345"), new AppKey(kept, Instant.EPOCH, "ada")))
                .isTrue();
    }

    private static boolean verifies(PublicKey key, byte[] signature) throws Exception {
        var check = Signature.getInstance("SHA256withRSA");
        check.initVerify(key);
        check.update(INPUT);
        return check.verify(signature);
    }
}
