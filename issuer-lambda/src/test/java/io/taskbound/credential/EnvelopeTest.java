// SPDX-License-Identifier: Apache-2.0
package io.taskbound.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskbound.token.DataKeys;
import io.taskbound.token.Jti;
import io.taskbound.token.KmsDataKeys;
import io.taskbound.token.LocalDataKeys;
import io.taskbound.token.SignerUnavailable;
import io.taskbound.token.StandInKms;
import java.util.HashSet;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kms.KmsClient;

class EnvelopeTest {
    private static final String SECRET = "{\"token\":\"ghs_canary\u00e4\"}";
    private static final Jti HANDLE = new Jti("R".repeat(22), "P".repeat(32));
    private StandInKms kms;
    private KmsClient client;

    @BeforeEach
    void start() throws Exception {
        kms = new StandInKms();
        client = kms.client();
    }

    @AfterEach
    void stop() {
        client.close();
        kms.close();
    }

    private List<DataKeys> kinds() {
        return List.of(LocalDataKeys.generate(), new KmsDataKeys(client, StandInKms.KEY, "taskbound"));
    }

    @Test
    void opensWhatItSealed() throws Exception {
        for (var keys : kinds()) {
            for (var secret : new String[] {SECRET, "", "x".repeat(50_000)}) {
                var sealed = new Envelope(keys, "taskbound").seal(HANDLE, secret);
                assertThat(sealed).startsWith("1.").doesNotContain("canary").matches("[A-Za-z0-9+/=_.-]+");
                assertThat(new Envelope(keys, "taskbound").open(HANDLE, sealed)).isEqualTo(secret);
            }
        }
    }

    @Test
    void theSameSecretNeverLooksTheSame() throws Exception {
        var envelope = new Envelope(LocalDataKeys.generate(), "taskbound");
        var first = envelope.seal(HANDLE, SECRET).split("\\.");
        var second = envelope.seal(HANDLE, SECRET).split("\\.");
        assertThat(first[1]).isNotEqualTo(second[1]);
        assertThat(first[2].substring(0, 16)).isNotEqualTo(second[2].substring(0, 16));
    }

    @Test
    void anotherTokenOrTableOrKeyOpensNothing() throws Exception {
        for (var keys : kinds()) {
            var sealed = new Envelope(keys, "taskbound").seal(HANDLE, SECRET);
            var ofTheSameRun = new Jti(HANDLE.run(), "Q".repeat(32));
            var ofAnotherRun = new Jti("Q".repeat(22), HANDLE.proof());
            refused(() -> new Envelope(keys, "taskbound").open(ofTheSameRun, sealed));
            refused(() -> new Envelope(keys, "taskbound").open(ofAnotherRun, sealed));
            refused(() -> new Envelope(keys, "staging").open(HANDLE, sealed));
        }
        var local = new Envelope(LocalDataKeys.generate(), "taskbound").seal(HANDLE, SECRET);
        refused(() -> new Envelope(LocalDataKeys.generate(), "taskbound").open(HANDLE, local));
    }

    /** Each character in turn is another one, whichever part it is in. */
    @Test
    void nothingThatWasChangedOpens() throws Exception {
        var envelope = new Envelope(LocalDataKeys.generate(), "taskbound");
        var sealed = envelope.seal(HANDLE, SECRET);
        for (int i = 0; i < sealed.length(); i++) {
            var changed = new StringBuilder(sealed);
            changed.setCharAt(i, sealed.charAt(i) == 'A' ? 'B' : 'A');
            refused(() -> envelope.open(HANDLE, changed.toString()));
        }
    }

    @Test
    void nothingThatWasCutOrLengthenedOpens() throws Exception {
        var envelope = new Envelope(LocalDataKeys.generate(), "taskbound");
        var sealed = envelope.seal(HANDLE, SECRET);
        var texts = new HashSet<String>(List.of("", ".", "..", "1..", "2" + sealed.substring(1)));
        for (int i = 0; i < sealed.length(); i++) {
            texts.add(sealed.substring(0, i));
        }
        for (var more : new String[] {"A", "AAAA", ".", ".A", "\n", " "}) {
            texts.add(sealed + more);
            texts.add(more + sealed);
        }
        for (var text : texts) {
            refused(() -> envelope.open(HANDLE, text));
        }
    }

    /** Keys and bodies of two records do not mix, also of the same token. */
    @Test
    void partsOfTwoTextsDoNotOpenTogether() throws Exception {
        for (var keys : kinds()) {
            var envelope = new Envelope(keys, "taskbound");
            var first = envelope.seal(HANDLE, SECRET).split("\\.");
            var second = envelope.seal(HANDLE, SECRET).split("\\.");
            refused(() -> envelope.open(HANDLE, "1." + first[1] + "." + second[2]));
        }
    }

    private static void refused(ThrowingCallable opening) {
        assertThatThrownBy(opening)
                .isInstanceOfSatisfying(
                        SignerUnavailable.class,
                        refused -> assertThat(refused.why()).isEqualTo(SignerUnavailable.Why.WRONG_KIND))
                .hasMessageNotContainingAny("canary", "AAAA");
    }
}
