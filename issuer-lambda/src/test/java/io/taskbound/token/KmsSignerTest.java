// SPDX-License-Identifier: Apache-2.0
package io.taskbound.token;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kms.KmsClient;

class KmsSignerTest extends TaskSignerContract {
    private final StandInKms kms;
    private final KmsClient client;

    KmsSignerTest() throws IOException, GeneralSecurityException {
        kms = new StandInKms();
        client = kms.client();
    }

    @AfterEach
    void stop() {
        client.close();
        kms.close();
    }

    @Override
    TaskSigner signer() throws SignerUnavailable {
        return KmsSigner.open(client, StandInKms.KEY);
    }

    @Test
    void refusesAKeyOfAnotherKindAndSaysWhichIsNeeded() {
        kms.keySpec = "RSA_2048";
        assertThatThrownBy(this::signer)
                .isInstanceOf(SignerUnavailable.class)
                .hasMessageContaining("ECC_NIST_P256")
                .hasMessageContaining("RSA_2048");
    }

    @Test
    void isUnavailableWhileKmsIs() throws SignerUnavailable {
        var signer = signer();
        kms.down = true;
        assertThatThrownBy(() -> signer.sign(new byte[] {1})).isInstanceOf(SignerUnavailable.class);
        assertThatThrownBy(this::signer).isInstanceOf(SignerUnavailable.class);
    }

    @Test
    void isUnavailableForAKeyThatIsNotThere() {
        assertThatThrownBy(() -> KmsSigner.open(client, "arn:aws:kms:eu-central-1:111122223333:key/other"))
                .isInstanceOf(SignerUnavailable.class);
    }
}
