// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskbound.issuer.KeyRotation.Outcome;
import io.taskbound.ledger.DynamoTable;
import io.taskbound.ledger.KeyStore;
import io.taskbound.ledger.LedgerTable;
import io.taskbound.ledger.LedgerUnavailable;
import io.taskbound.local.EmbeddedDynamo;
import io.taskbound.token.KeyFactory;
import io.taskbound.token.KeyPhase;
import io.taskbound.token.KeyRecord;
import io.taskbound.token.LocalSigner;
import io.taskbound.token.SignerUnavailable;
import io.taskbound.token.TaskSigner;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Whoever changes the keys may die before the change is written, or before it hears of it: an issuer that starts then
 * still signs, the change is whole or not there, and a second try completes it.
 */
class KeyRotationDiesTest {
    private static final Instant NOW = Instant.parse("2026-11-27T10:00:00Z");
    private static final Duration DAY = Duration.ofHours(24);
    private static final AtomicInteger TABLES = new AtomicInteger();
    private static EmbeddedDynamo dynamo;

    private final Map<String, TaskSigner> signers = new HashMap<>();
    private final KeyFactory.NewKey deployed = made();
    private final String table = "dies" + TABLES.incrementAndGet();
    private final KeyStore store = table();

    @BeforeAll
    static void start() {
        dynamo = EmbeddedDynamo.inMemory();
    }

    @AfterAll
    static void stop() {
        dynamo.close();
    }

    private KeyStore table() {
        LedgerTable.create(dynamo.client(), table);
        return new KeyStore(new DynamoTable(dynamo.client(), table));
    }

    private KeyFactory.NewKey made() {
        var signer = LocalSigner.generate();
        signers.put(signer.keyId(), signer);
        return new KeyFactory.NewKey(signer, new KeyRecord.KeyLocation.InKms("arn:" + signer.keyId()));
    }

    private KeyRotation rotation(KeyStore through) {
        return new KeyRotation(through, this::made, Optional.of(deployed), "arn:rotator");
    }

    private enum Death {
        BEFORE_THE_WRITE,
        AFTER_THE_WRITE
    }

    /** A store whose first write is its caller's end. */
    private KeyStore dying(Death death) {
        var writes = List.of("putItem", "updateItem", "transactWriteItems");
        var client = (DynamoDbClient) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DynamoDbClient.class}, (proxy, method, arguments) -> {
                    boolean writing = writes.contains(method.getName());
                    if (writing && death == Death.BEFORE_THE_WRITE) {
                        throw SdkClientException.create("died");
                    }
                    var answer = answer(method, arguments);
                    if (writing) {
                        throw SdkClientException.create("died");
                    }
                    return answer;
                });
        return new KeyStore(new DynamoTable(client, table));
    }

    private static Object answer(Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(dynamo.client(), arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }

    /** The key that an issuer signs with which starts now. */
    private String signing(Instant now) throws SignerUnavailable {
        return KeyRing.open(
                        store.read(),
                        store::read,
                        key -> Optional.ofNullable(signers.get(key.keyId())).orElseThrow(),
                        Optional.of(deployed.signer()),
                        line -> {},
                        now)
                .signing()
                .keyId();
    }

    @ParameterizedTest
    @EnumSource
    void theFirstRotation(Death death) throws SignerUnavailable {
        assertThatThrownBy(() -> rotation(dying(death)).rotate(DAY, Duration.ZERO, NOW))
                .isInstanceOf(LedgerUnavailable.class);
        boolean written = death == Death.AFTER_THE_WRITE;
        assertThat(store.schedule().keys()).hasSize(written ? 2 : 0);
        assertThat(signing(NOW)).isEqualTo(deployed.signer().keyId());

        assertThat(rotation(store).rotate(DAY, Duration.ZERO, NOW))
                .isInstanceOf(written ? Outcome.Refused.class : Outcome.Changed.class);
        assertThat(signing(NOW)).isEqualTo(deployed.signer().keyId());
        assertThat(signing(NOW.plus(DAY))).isNotEqualTo(deployed.signer().keyId());
    }

    @ParameterizedTest
    @EnumSource
    void takingAwayTheKeyThatSigns(Death death) throws SignerUnavailable {
        var gone = deployed.signer().keyId();
        assertThatThrownBy(() -> rotation(dying(death)).takeAway(gone, NOW)).isInstanceOf(LedgerUnavailable.class);
        assertThat(signing(NOW).equals(gone)).isEqualTo(death == Death.BEFORE_THE_WRITE);

        rotation(store).takeAway(gone, NOW.plusSeconds(1));
        assertThat(signing(NOW.plusSeconds(1))).isNotEqualTo(gone);
        var keys = store.schedule();
        assertThat(keys.keys()).hasSize(2);
        assertThat(keys.keys())
                .filteredOn(key -> key.keyId().equals(gone))
                .singleElement()
                .satisfies(
                        key -> assertThat(keys.phase(key, NOW.plusSeconds(1))).isEqualTo(KeyPhase.REMOVED));
    }
}
