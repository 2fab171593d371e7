// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import static io.taskbound.ledger.SampleTokens.NOW;
import static io.taskbound.ledger.SampleTokens.jti;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.token.KeyThumbprint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What every ledger promises of proofs of keys; each test has slots of its own. */
abstract class KeyProofsContract {
    private static final AtomicLong DAYS = new AtomicLong();
    static final KeyThumbprint KEY = new KeyThumbprint("A".repeat(43));
    private static final KeyThumbprint OTHER = new KeyThumbprint("B".repeat(42) + "A");

    /** The first moment of a slot. */
    final Instant slot = Instant.ofEpochSecond(
            ProofNonces.slot(NOW.plus(Duration.ofDays(DAYS.incrementAndGet()))) * ProofNonces.SLOT.toSeconds());

    abstract KeyProofs proofs();

    @Test
    void aSlotHasOneNonce() {
        var nonces = proofs().nonces(slot);

        assertThat(proofs().nonces(slot.plus(ProofNonces.SLOT).minusMillis(1))).isEqualTo(nonces);
        assertThat(nonces.current()).matches("[A-Za-z0-9_-]{22}");
        assertThat(nonces.last()).isEmpty();
        assertThat(nonces.include(nonces.current())).isTrue();
    }

    @Test
    void aNonceIsTakenInTheNextSlotAndNoLonger() {
        var first = proofs().nonces(slot).current();
        var second = proofs().nonces(slot.plus(ProofNonces.SLOT));
        var third = proofs().nonces(slot.plus(ProofNonces.SLOT.multipliedBy(2)));

        assertThat(second.last()).contains(first);
        assertThat(second.include(first)).isTrue();
        assertThat(second.current()).isNotEqualTo(first);
        assertThat(third.include(first)).isFalse();
        assertThat(third.include(second.current())).isTrue();
    }

    @Test
    void aSlotThatNobodyNeededHasNoNonce() {
        proofs().nonces(slot);

        assertThat(proofs().nonces(slot.plus(ProofNonces.SLOT.multipliedBy(3))).last())
                .isEmpty();
    }

    @Test
    void aClockThatIsSetBackFindsTheNonceOfBefore() {
        var first = proofs().nonces(slot).current();
        proofs().nonces(slot.plus(ProofNonces.SLOT));

        assertThat(proofs().nonces(slot).current()).isEqualTo(first);
    }

    @Test
    void aProofIsForOneUse() {
        var token = jti();

        assertThat(proofs().use(token, KEY, "id", "use", NOW)).isTrue();
        assertThat(proofs().use(token, KEY, "id", "use", NOW)).isTrue();
        assertThat(proofs().use(token, KEY, "id", "another use", NOW)).isFalse();
    }

    @Test
    void proofsOfOtherKeysTokensAndIdsAreOthers() {
        var token = jti();
        proofs().use(token, KEY, "id", "use", NOW);

        assertThat(proofs().use(token, KEY, "id2", "another use", NOW)).isTrue();
        assertThat(proofs().use(token, OTHER, "id", "another use", NOW)).isTrue();
        assertThat(proofs().use(jti(), KEY, "id", "another use", NOW)).isTrue();
    }

    @Test
    void ofRacingUsesOneGetsTheProof() throws Exception {
        var token = jti();
        var threads = Executors.newFixedThreadPool(16);
        try {
            var uses = new ArrayList<Callable<Boolean>>();
            for (int i = 0; i < 64; i++) {
                var use = "use " + i;
                uses.add(() -> proofs().use(token, KEY, "id", use, NOW));
            }
            int let = 0;
            for (var use : threads.invokeAll(uses)) {
                let += use.get() ? 1 : 0;
            }
            assertThat(let).isEqualTo(1);
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void racingIssuersGiveOneNonce() throws Exception {
        var threads = Executors.newFixedThreadPool(16);
        try {
            var asked = new ArrayList<Callable<ProofNonces>>();
            for (int i = 0; i < 64; i++) {
                asked.add(() -> anotherIssuer().nonces(slot));
            }
            var given = new HashSet<ProofNonces>();
            for (var nonces : threads.invokeAll(asked)) {
                given.add(nonces.get());
            }
            assertThat(given).hasSize(1);
        } finally {
            threads.shutdown();
        }
    }

    /** One with the same table, that has kept nothing in memory. */
    abstract KeyProofs anotherIssuer();
}
