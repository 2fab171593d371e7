// SPDX-License-Identifier: Apache-2.0
package io.taskbound.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kms.KmsClient;

class KmsDataKeysTest extends DataKeysContract {
    private static final Jti HANDLE = new Jti("R".repeat(22), "P".repeat(32));
    private final StandInKms kms;
    private final KmsClient client;

    KmsDataKeysTest() throws IOException, GeneralSecurityException {
        kms = new StandInKms();
        client = kms.client();
    }

    @AfterEach
    void stop() {
        client.close();
        kms.close();
    }

    @Override
    DataKeys keys() {
        return of("taskbound");
    }

    private DataKeys of(String table) {
        return new KmsDataKeys(client, StandInKms.KEY, table);
    }

    @Test
    void aKeyOfAnotherTableDoesNotOpen() throws SignerUnavailable {
        var made = of("staging").generate(HANDLE);
        assertThatThrownBy(() -> keys().open(HANDLE, made.sealed()))
                .isInstanceOfSatisfying(
                        SignerUnavailable.class,
                        refused -> assertThat(refused.why()).isEqualTo(SignerUnavailable.Why.WRONG_KIND));
    }

    @Test
    void aShorterKeyIsNotUsed() throws SignerUnavailable {
        kms.dataKeyBytes = 16;
        assertThatThrownBy(() -> keys().generate(HANDLE)).hasMessageContaining("256 bits");
    }

    @Test
    void isUnavailableWhileKmsIs() throws SignerUnavailable {
        var made = keys().generate(HANDLE);
        kms.down = true;
        assertThatThrownBy(() -> keys().generate(HANDLE)).isInstanceOf(SignerUnavailable.class);
        assertThatThrownBy(() -> keys().open(HANDLE, made.sealed()))
                .isInstanceOfSatisfying(
                        SignerUnavailable.class,
                        refused -> assertThat(refused.why()).isEqualTo(SignerUnavailable.Why.OUT_OF_REACH));
    }
}
