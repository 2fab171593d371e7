// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskbound.issuer.KeyRotation.Outcome;
import io.taskbound.json.JsonObject;
import io.taskbound.ledger.DynamoTable;
import io.taskbound.ledger.KeyStore;
import io.taskbound.ledger.LedgerTable;
import io.taskbound.local.EmbeddedDynamo;
import io.taskbound.token.KeyFactory;
import io.taskbound.token.KeyPhase;
import io.taskbound.token.KeyRecord;
import io.taskbound.token.KeySchedule;
import io.taskbound.token.LocalSigner;
import io.taskbound.token.SignerUnavailable;
import io.taskbound.token.TaskSigner;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class KeyRotationTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration ALWAYS = Duration.ZERO;
    private static EmbeddedDynamo dynamo;
    private static int tables;
    private final KeyFactory.NewKey deployed = made(LocalSigner.generate());
    private final KeyStore store = freshTable();
    private final Maker maker = new Maker();
    private final KeyRotation rotation = new KeyRotation(store, maker, Optional.of(deployed), "arn:rotator");

    @BeforeAll
    static void start() {
        dynamo = EmbeddedDynamo.inMemory();
    }

    @AfterAll
    static void stop() {
        dynamo.close();
    }

    private static KeyStore freshTable() {
        var name = "keys" + tables++;
        LedgerTable.create(dynamo.client(), name);
        return new KeyStore(new DynamoTable(dynamo.client(), name));
    }

    private static KeyFactory.NewKey made(TaskSigner signer) {
        return new KeyFactory.NewKey(signer, new KeyRecord.KeyLocation.InKms("arn:" + signer.keyId()));
    }

    private static final class Maker implements KeyFactory {
        final List<KeyFactory.NewKey> made = new ArrayList<>();
        final List<KeyFactory.NewKey> discarded = new ArrayList<>();
        boolean lies;

        @Override
        public synchronized KeyFactory.NewKey make() {
            var signer = LocalSigner.generate();
            made.add(made(lies ? new Lying(signer) : signer));
            return made.get(made.size() - 1);
        }

        @Override
        public synchronized void discard(KeyFactory.NewKey unused) {
            discarded.add(unused);
        }
    }

    /** Signs with another key than it shows. */
    private record Lying(LocalSigner shown) implements TaskSigner {
        @Override
        public String keyId() {
            return shown.keyId();
        }

        @Override
        public byte[] sign(byte[] input) throws SignerUnavailable {
            return LocalSigner.generate().sign(input);
        }

        @Override
        public JsonObject publicKeys() {
            return shown.publicKeys();
        }
    }

    private KeySchedule rotate(Instant now) throws SignerUnavailable {
        var outcome = rotation.rotate(HOUR, ALWAYS, now);
        assertThat(outcome).isInstanceOf(Outcome.Changed.class);
        return store.read().schedule();
    }

    @Test
    void theFirstRotationWritesDownTheKeyThatSignedSoFar() throws SignerUnavailable {
        var keys = rotate(NOW);

        assertThat(keys.signing(NOW))
                .map(KeyRecord::keyId)
                .contains(deployed.signer().keyId());
        assertThat(keys.published(NOW)).hasSize(2);
        assertThat(keys.signing(NOW.plus(HOUR)))
                .map(KeyRecord::keyId)
                .contains(maker.made.get(0).signer().keyId());
    }

    @Test
    void aSecondRotationWaitsForTheFirst() throws SignerUnavailable {
        rotate(NOW);

        assertThat(rotation.rotate(HOUR, ALWAYS, NOW.plusSeconds(60))).isInstanceOf(Outcome.Refused.class);
        assertThat(maker.made).hasSize(1);
        assertThat(rotate(NOW.plus(HOUR)).keys()).hasSize(3);
    }

    @Test
    void aScheduleThatRunsTwiceMakesOneKey() throws SignerUnavailable {
        var quarter = Duration.ofDays(90);
        rotation.rotate(HOUR, quarter, NOW);
        var again = rotation.rotate(HOUR, quarter, NOW.plus(quarter).minusMillis(1));

        assertThat(again).isInstanceOf(Outcome.NotDue.class);
        assertThat(maker.made).hasSize(1);
        assertThat(rotation.rotate(HOUR, quarter, NOW.plus(quarter))).isInstanceOf(Outcome.Changed.class);
    }

    @Test
    void ofManyRotationsAtOnceOneGoesThroughAndTheOthersGiveTheirKeysBack() {
        var outcomes = IntStream.range(0, 6)
                .mapToObj(any -> CompletableFuture.supplyAsync(() -> {
                    try {
                        return rotation.rotate(HOUR, ALWAYS, NOW);
                    } catch (SignerUnavailable unexpected) {
                        throw new AssertionError(unexpected);
                    }
                }))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();

        assertThat(outcomes).filteredOn(Outcome.Changed.class::isInstance).hasSize(1);
        assertThat(store.read().schedule().keys()).hasSize(2);
        assertThat(maker.discarded).hasSize(maker.made.size() - 1);
    }

    @Test
    void aKeyThatDoesNotSignIsNotWritten() {
        maker.lies = true;

        assertThatThrownBy(() -> rotation.rotate(HOUR, ALWAYS, NOW)).isInstanceOf(SignerUnavailable.class);
        assertThat(store.read().schedule().keys()).isEmpty();
        assertThat(maker.discarded).hasSize(1);
    }

    @Test
    void aKeyMustBePublishedForLongerThanACacheKeepsTheSet() throws SignerUnavailable {
        var tooShort = KeySchedule.LEAST_PUBLICATION.minusSeconds(1);

        assertThat(rotation.rotate(tooShort, ALWAYS, NOW)).isInstanceOf(Outcome.Refused.class);
        assertThat(maker.made).isEmpty();
    }

    @Test
    void theVeryFirstKeyOfASealedIssuerSignsAtOnce() throws SignerUnavailable {
        var sealed = new KeyRotation(store, maker, Optional.empty(), "arn:rotator");

        assertThat(sealed.rotate(HOUR, ALWAYS, NOW)).isInstanceOf(Outcome.Changed.class);
        assertThat(store.read().schedule().signing(NOW)).isPresent();
    }

    @Test
    void takingTheSigningKeyAwayMakesAnotherThatSignsAtOnce() throws SignerUnavailable {
        var outcome = rotation.takeAway(deployed.signer().keyId(), NOW);

        assertThat(outcome).isInstanceOf(Outcome.Changed.class);
        var keys = store.read().schedule();
        assertThat(keys.signing(NOW))
                .map(KeyRecord::keyId)
                .contains(maker.made.get(0).signer().keyId());
        assertThat(keys.published(NOW)).hasSize(1);
    }

    @Test
    void takingBackAKeyThatDoesNotSignYetLeavesTheOldOneSigning() throws SignerUnavailable {
        rotate(NOW);
        var coming = maker.made.get(0).signer().keyId();
        rotation.takeAway(coming, NOW.plusSeconds(60));

        var keys = store.read().schedule();
        assertThat(keys.signing(NOW.plus(HOUR)))
                .map(KeyRecord::keyId)
                .contains(deployed.signer().keyId());
        assertThat(keys.keys())
                .filteredOn(key -> key.keyId().equals(coming))
                .allMatch(key -> keys.phase(key, NOW.plusSeconds(60)) == KeyPhase.REMOVED);
        assertThat(maker.made).hasSize(1);
    }

    @Test
    void takingAwayWhatIsNotThereChangesNothing() throws SignerUnavailable {
        assertThat(rotation.takeAway("x".repeat(43), NOW)).isInstanceOf(Outcome.Refused.class);
        assertThat(store.read().version()).isZero();
    }
}
