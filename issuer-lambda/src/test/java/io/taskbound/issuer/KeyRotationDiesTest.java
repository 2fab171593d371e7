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
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Whoever changes the keys may die before any of the writes: an issuer that starts then still signs, and a second try
 * completes.
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

    /** A store of which this write, counted from 1, and all after it do not happen. */
    private KeyStore dyingBefore(int write) {
        var writes = new AtomicInteger();
        var client = (DynamoDbClient) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DynamoDbClient.class}, (proxy, method, arguments) -> {
                    boolean writing = method.getName().equals("putItem")
                            || method.getName().equals("updateItem");
                    if (writing && writes.incrementAndGet() >= write) {
                        throw SdkClientException.create("died");
                    }
                    try {
                        return method.invoke(dynamo.client(), arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
        return new KeyStore(new DynamoTable(client, table));
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
    @ValueSource(ints = {1, 2, 3})
    void theFirstRotation(int write) throws SignerUnavailable {
        assertThatThrownBy(() -> rotation(dyingBefore(write)).rotate(DAY, Duration.ZERO, NOW))
                .isInstanceOf(LedgerUnavailable.class);
        assertThat(signing(NOW)).isEqualTo(deployed.signer().keyId());
        assertThat(signing(NOW.plus(DAY))).isEqualTo(deployed.signer().keyId());

        assertThat(rotation(store).rotate(DAY, Duration.ZERO, NOW)).isInstanceOf(Outcome.Changed.class);
        assertThat(signing(NOW)).isEqualTo(deployed.signer().keyId());
        assertThat(signing(NOW.plus(DAY))).isNotEqualTo(deployed.signer().keyId());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void takingAwayTheKeyThatSigns(int write) throws SignerUnavailable {
        var gone = deployed.signer().keyId();
        assertThatThrownBy(() -> rotation(dyingBefore(write)).takeAway(gone, NOW))
                .isInstanceOf(LedgerUnavailable.class);
        assertThat(signing(NOW)).as("something signs").isNotEmpty();

        rotation(store).takeAway(gone, NOW.plusSeconds(1));
        assertThat(signing(NOW.plusSeconds(1))).isNotEqualTo(gone);
        var keys = store.schedule();
        assertThat(keys.keys())
                .filteredOn(key -> key.keyId().equals(gone))
                .singleElement()
                .satisfies(
                        key -> assertThat(keys.phase(key, NOW.plusSeconds(1))).isEqualTo(KeyPhase.REMOVED));
    }
}
