// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskbound.ledger.HookStore;
import io.taskbound.ledger.LedgerUnavailable;
import io.taskbound.ledger.SealedHookSecret;
import io.taskbound.task.HookName;
import io.taskbound.token.SignerUnavailable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SealedHookSecretsTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final HookName ACME = new HookName("acme");

    private HookStore.Secrets stored = secrets(1, "a");
    private int reads;
    private boolean down;
    private boolean works;
    private final List<String> opened = new ArrayList<>();

    private final List<String> log = new ArrayList<>();

    private final SealedHookSecrets secrets = new SealedHookSecrets(
            hook -> {
                reads++;
                if (down) {
                    throw new LedgerUnavailable("down for the test");
                }
                return stored;
            },
            (hook, secret) -> {
                if (secret.id().startsWith("broken") && !works) {
                    throw new SignerUnavailable("KMS did not open it");
                }
                opened.add(secret.id());
                return "secret " + secret.id();
            },
            log::add);

    private static HookStore.Secrets secrets(long version, String... ids) {
        return new HookStore.Secrets(
                version,
                List.of(ids).stream()
                        .map(id -> new SealedHookSecret(id, "sealed", NOW, "ada"))
                        .toList());
    }

    @Test
    void asksTableAndKmsSeldomHoweverOftenItIsCalled() throws Exception {
        for (int i = 0; i < 1_000; i++) {
            assertThat(secrets.active(ACME, NOW.plusMillis(9 * i))).hasSize(1);
        }
        assertThat(reads).isEqualTo(1);
        secrets.active(ACME, NOW.plusSeconds(10));
        assertThat(reads).isEqualTo(2);
        assertThat(opened).containsExactly("a");
    }

    @Test
    void followsAChangeWithinTenSeconds() throws Exception {
        secrets.active(ACME, NOW);
        stored = secrets(2, "a", "b");
        assertThat(secrets.active(ACME, NOW.plusSeconds(10))).hasSize(2);
        stored = secrets(3);
        assertThat(secrets.active(ACME, NOW.plusSeconds(20))).isEmpty();
    }

    @Test
    void forgetsWhatNobodyUses() throws Exception {
        secrets.active(ACME, NOW);
        secrets.active(new HookName("other"), NOW.plusSeconds(900));
        secrets.active(ACME, NOW.plusSeconds(901));
        assertThat(opened).containsExactly("a", "a", "a");
    }

    @Test
    void believesNoOldSecretWhileTheTableDoesNotAnswer() throws Exception {
        secrets.active(ACME, NOW);
        down = true;
        assertThatThrownBy(() -> secrets.active(ACME, NOW.plusSeconds(10))).isInstanceOf(LedgerUnavailable.class);
        assertThatThrownBy(() -> secrets.active(ACME, NOW.minusSeconds(1))).isInstanceOf(LedgerUnavailable.class);
    }

    /** One that was sealed under another key, for example, must not disable the good one beside it. */
    @Test
    void usesWhatOpensAndSaysOnceWhatDoesNot() throws Exception {
        stored = secrets(1, "broken", "a");
        for (int i = 0; i < 5; i++) {
            assertThat(secrets.active(ACME, NOW.plusSeconds(10 * i))).hasSize(1);
        }
        assertThat(opened).containsExactly("a");
        assertThat(log)
                .containsExactly("taskbound: secret broken of the hook acme does not open, and only the other one"
                        + " counts: KMS did not open it");
    }

    @Test
    void triesAgainWhatDidNotOpen() throws Exception {
        stored = secrets(1, "a", "broken");
        assertThat(secrets.active(ACME, NOW)).hasSize(1);
        works = true;
        assertThat(secrets.active(ACME, NOW.plusSeconds(9))).hasSize(1);
        assertThat(secrets.active(ACME, NOW.plusSeconds(10))).hasSize(2);
        assertThat(opened).containsExactly("a", "broken");
    }

    @Test
    void isUnavailableWhileKmsOpensNothing() {
        stored = secrets(1, "broken", "broken too");
        assertThatThrownBy(() -> secrets.active(ACME, NOW)).isInstanceOf(SignerUnavailable.class);
        assertThat(log).isEmpty();
    }

    @Test
    void leavesKmsAloneForAMomentWhenItOpensNothing() throws Exception {
        stored = secrets(1, "broken");
        for (int i = 0; i < 100; i++) {
            var at = NOW.plusMillis(49 * i);
            assertThatThrownBy(() -> secrets.active(ACME, at)).isInstanceOf(SignerUnavailable.class);
        }
        assertThat(reads).isEqualTo(1);
        stored = secrets(2, "a", "b");
        assertThat(secrets.active(ACME, NOW.plusSeconds(5))).hasSize(2);
    }
}
