// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import static io.taskbound.http.TestIssuer.HOLDER_VERIFIER;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.http.TestIssuer;
import io.taskbound.json.JsonObject;
import io.taskbound.ledger.DynamoLedger;
import io.taskbound.ledger.DynamoTable;
import io.taskbound.ledger.LedgerTable;
import io.taskbound.local.EmbeddedDynamo;
import io.taskbound.token.LocalSigner;
import io.taskbound.token.SignerUnavailable;
import io.taskbound.token.TaskSigner;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** A receipt costs one request to the table, which reads three items, and one signature. */
class ReceiptCostTest {
    private final List<String> work = new ArrayList<>();
    private final EmbeddedDynamo database = EmbeddedDynamo.inMemory();
    private final TestIssuer issuer = new TestIssuer(ledger(), LocalSigner.generate(), Counted::new);

    @AfterEach
    void stop() {
        issuer.close();
        database.close();
    }

    @Test
    void oneReadAndOneSignatureByToken() {
        var granted = issuer.mintSign();
        work.clear();

        var answer = issuer.post(
                "/receipt",
                Map.of("token", granted.accessToken(), "holder_verifier", HOLDER_VERIFIER),
                Optional.empty());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(work).containsExactly("batchGetItem", "sign");
    }

    @Test
    void oneReadAndOneSignatureByHandle() {
        var granted = issuer.mintSign();
        work.clear();

        var answer = issuer.post(
                "/receipt", Map.of("subject_token", issuer.idToken(), "handle", granted.text("jti")), Optional.empty());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(work).containsExactly("batchGetItem", "sign");
    }

    @Test
    void nothingIsSignedForOthersAndAForeignRunIsNotEvenLookedUp() {
        var granted = issuer.mintSign();
        work.clear();

        issuer.post(
                "/receipt",
                Map.of("token", granted.accessToken(), "holder_verifier", "A".repeat(43)),
                Optional.empty());
        assertThat(work).containsExactly("batchGetItem");

        work.clear();
        issuer.post(
                "/receipt",
                Map.of("subject_token", issuer.idToken("run_id", "7002"), "handle", granted.text("jti")),
                Optional.empty());
        assertThat(work).isEmpty();
    }

    private DynamoLedger ledger() {
        LedgerTable.create(database.client(), "counted");
        return new DynamoLedger(new DynamoTable(counted(database.client()), "counted"), DynamoLedger.DEFAULT_RETENTION);
    }

    private DynamoDbClient counted(DynamoDbClient client) {
        return (DynamoDbClient) Proxy.newProxyInstance(
                DynamoDbClient.class.getClassLoader(),
                new Class<?>[] {DynamoDbClient.class},
                (proxy, method, arguments) -> {
                    work.add(method.getName());
                    try {
                        return method.invoke(client, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }

    private final class Counted implements TaskSigner {
        private final TaskSigner signer;

        Counted(TaskSigner signer) {
            this.signer = signer;
        }

        @Override
        public String keyId() {
            return signer.keyId();
        }

        @Override
        public byte[] sign(byte[] signingInput) throws SignerUnavailable {
            work.add("sign");
            return signer.sign(signingInput);
        }

        @Override
        public JsonObject publicKeys() {
            return signer.publicKeys();
        }
    }
}
