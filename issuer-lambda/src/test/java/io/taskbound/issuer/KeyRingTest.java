// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskbound.json.JsonObject;
import io.taskbound.ledger.KeyStore;
import io.taskbound.ledger.LedgerUnavailable;
import io.taskbound.token.KeyRecord;
import io.taskbound.token.KeySchedule;
import io.taskbound.token.LocalSigner;
import io.taskbound.token.SignerUnavailable;
import io.taskbound.token.TaskSigner;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeyRingTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);
    private final LocalSigner deployed = LocalSigner.generate();
    private final LocalSigner next = LocalSigner.generate();
    private final Map<String, TaskSigner> privateHalves = new HashMap<>();
    private final Set<String> shut = new HashSet<>();
    private final List<KeyRecord> table = new ArrayList<>();
    private boolean tableIsAway;

    private KeyStore.Keys read() {
        if (tableIsAway) {
            throw new LedgerUnavailable("for the test");
        }
        return new KeyStore.Keys(table.size(), new KeySchedule(table));
    }

    private TaskSigner open(KeyRecord key) throws SignerUnavailable {
        if (shut.contains(key.keyId())) {
            throw new SignerUnavailable("shut for the test");
        }
        return privateHalves.getOrDefault(key.keyId(), deployed);
    }

    private KeyRing ring() throws SignerUnavailable {
        return KeyRing.open(read(), this::read, this::open, Optional.of(deployed), line -> {}, NOW);
    }

    private KeyRecord record(TaskSigner signer, Instant publish, Instant sign) {
        privateHalves.put(signer.keyId(), signer);
        return new KeyRecord(
                signer.keyId(), new KeyRecord.KeyLocation.InKms("arn"), publish, sign, Optional.empty(), "rotator");
    }

    private void rotateAt(Instant now) {
        table.add(record(deployed, NOW.minus(HOUR), NOW.minus(HOUR)));
        table.add(record(next, now, now.plus(HOUR)));
    }

    private static List<String> kids(JsonObject set) {
        return set.array("keys").orElseThrow().items().stream()
                .map(key -> ((JsonObject) key).string("kid").orElseThrow())
                .toList();
    }

    @Test
    void beforeTheFirstRotationTheDeployedKeySigns() throws SignerUnavailable {
        var ring = ring();

        assertThat(ring.signing()).isSameAs(deployed);
        assertThat(kids(ring.published())).containsExactly(deployed.keyId());
    }

    @Test
    void followsARotationWithinAMinuteAndKeepsItsDates() throws SignerUnavailable {
        var ring = ring();
        rotateAt(NOW);
        ring.follow(NOW.plusSeconds(60));

        assertThat(kids(ring.published())).containsExactly(deployed.keyId(), next.keyId());
        assertThat(ring.signing().keyId()).isEqualTo(deployed.keyId());

        ring.follow(NOW.plus(HOUR));
        assertThat(ring.signing().keyId()).isEqualTo(next.keyId());
        ring.follow(NOW.plus(HOUR).plus(KeySchedule.RETIREMENT));
        assertThat(kids(ring.published())).containsExactly(next.keyId());
    }

    @Test
    void goesOnByTheDatesItKnowsWhileTheTableIsAway() throws SignerUnavailable {
        rotateAt(NOW);
        var ring = ring();
        tableIsAway = true;
        ring.follow(NOW.plus(HOUR));

        assertThat(ring.signing().keyId()).isEqualTo(next.keyId());
    }

    @Test
    void givesTheSameSetAsLongAsNothingMoves() throws SignerUnavailable {
        rotateAt(NOW);
        var ring = ring();
        var before = ring.published();
        ring.follow(NOW.plusSeconds(31));

        assertThat(ring.published()).isSameAs(before);
    }

    @Test
    void doesNotPublishAKeyWhoseRecordNamesAnotherThanWhatOpens() throws SignerUnavailable {
        rotateAt(NOW);
        privateHalves.put(next.keyId(), LocalSigner.generate());
        var ring = ring();

        assertThat(kids(ring.published())).containsExactly(deployed.keyId());
        ring.follow(NOW.plus(HOUR));
        assertThatThrownBy(ring::signing).isInstanceOf(SignerUnavailable.class);
    }

    @Test
    void signsNothingWhileTheKeyOfTheHourIsShutAndTriesItAgain() throws SignerUnavailable {
        rotateAt(NOW);
        shut.add(next.keyId());
        var ring = ring();
        ring.follow(NOW.plus(HOUR));
        assertThatThrownBy(ring::signing).isInstanceOf(SignerUnavailable.class);

        shut.clear();
        ring.follow(NOW.plus(HOUR).plusSeconds(30));
        assertThat(ring.signing().keyId()).isEqualTo(next.keyId());
    }

    @Test
    void doesNotGoBackToTheDeployedKeyWhenTheTableLosesItsKeys() throws SignerUnavailable {
        rotateAt(NOW);
        var ring = ring();
        table.clear();
        ring.follow(NOW.plus(HOUR));
        assertThat(ring.signing().keyId()).isEqualTo(next.keyId());

        assertThatThrownBy(() -> KeyRing.open(
                        new KeyStore.Keys(2, new KeySchedule(List.of())),
                        this::read,
                        this::open,
                        Optional.of(deployed),
                        line -> {},
                        NOW))
                .isInstanceOf(SignerUnavailable.class);
    }

    @Test
    void dropsAKeyThatWasTakenAway() throws SignerUnavailable {
        rotateAt(NOW);
        var ring = ring();
        ring.follow(NOW.plus(HOUR));
        table.set(1, table.get(1).removedAt(NOW.plus(HOUR)));
        ring.follow(NOW.plus(HOUR).plusSeconds(60));

        assertThat(kids(ring.published())).containsExactly(deployed.keyId());
        assertThat(ring.signing().keyId()).isEqualTo(deployed.keyId());
    }

    @Test
    void doesNotOpenWithoutAKeyInItsTime() {
        table.add(record(next, NOW, NOW.plus(HOUR)));

        assertThatThrownBy(this::ring).isInstanceOf(SignerUnavailable.class);
    }
}
