// SPDX-License-Identifier: Apache-2.0
package io.taskbound.token;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.kms.KmsClient;

class KmsAppKeysTest {
    private static final byte[] INPUT = "header.claims".getBytes(UTF_8);
    private final StandInKms kms;
    private final KmsClient client;
    private final KmsAppKeys keys;

    KmsAppKeysTest() throws IOException, GeneralSecurityException {
        kms = new StandInKms();
        client = kms.client();
        keys = new KmsAppKeys(client, StandInKms.KEY, "taskbound");
    }

    @AfterEach
    void stop() {
        client.close();
        kms.close();
    }

    private static KeyPair rsa(int bits) throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(bits);
        return generator.generateKeyPair();
    }

    private static boolean verifies(KeyPair pair, byte[] signature) throws GeneralSecurityException {
        var check = Signature.getInstance("SHA256withRSA");
        check.initVerify(pair.getPublic());
        check.update(INPUT);
        return check.verify(signature);
    }

    @ParameterizedTest
    @ValueSource(ints = {2048, 4096})
    void aSealedKeySignsWhenItIsOpened(int bits) throws Exception {
        var pair = rsa(bits);
        var sealed = keys.seal("12345", pair.getPrivate().getEncoded());
        var signer = keys.open("12345", sealed);
        assertThat(verifies(pair, signer.sign(INPUT))).isTrue();
        assertThat(signer.toString()).isEqualTo("RsaAppSigner");
    }

    @Test
    void whatWasSealedForAnotherAppOrTableDoesNotOpen() throws Exception {
        var sealed = keys.seal("12345", rsa(2048).getPrivate().getEncoded());
        for (var other : new KmsAppKeys[] {keys, new KmsAppKeys(client, StandInKms.KEY, "another")}) {
            var app = other == keys ? "12346" : "12345";
            assertThatThrownBy(() -> other.open(app, sealed))
                    .isInstanceOf(SignerUnavailable.class)
                    .hasMessage("the App's key is not what KMS sealed for this table and App");
        }
    }

    @Test
    void aKeyInKmsSignsAndNeverLeavesIt() throws Exception {
        assertThat(verifies(kms.appKeys(), keys.inKms(StandInKms.APP_KEY).sign(INPUT)))
                .isTrue();
    }

    @Test
    void aKeyThatIsNotThereIsUnavailableAtItsFirstSignature() {
        var signer = keys.inKms(StandInKms.APP_KEY.replace("5678", "9999"));
        assertThatThrownBy(() -> signer.sign(INPUT))
                .isInstanceOf(SignerUnavailable.class)
                .hasMessageContaining("kms:Sign");
    }

    @Test
    void isUnavailableWhileKmsIs() throws Exception {
        var pkcs8 = rsa(2048).getPrivate().getEncoded();
        var sealed = keys.seal("12345", pkcs8);
        kms.down = true;
        assertThatThrownBy(() -> keys.seal("12345", pkcs8)).isInstanceOf(SignerUnavailable.class);
        assertThatThrownBy(() -> keys.open("12345", sealed)).isInstanceOf(SignerUnavailable.class);
        assertThatThrownBy(() -> keys.inKms(StandInKms.APP_KEY).sign(INPUT)).isInstanceOf(SignerUnavailable.class);
    }

    @Test
    void whatIsNoKeyOfEnoughBitsIsRefusedWithoutAByteOfIt() throws Exception {
        var canary = "canary-0123456789".getBytes(UTF_8);
        var small = rsa(1024).getPrivate().getEncoded();
        for (var wrong : new byte[][] {canary, small, {}}) {
            var sealed = keys.seal("1", wrong.length == 0 ? new byte[] {1} : wrong);
            assertThatThrownBy(() -> keys.open("1", sealed))
                    .isInstanceOf(SignerUnavailable.class)
                    .hasNoCause()
                    .hasMessageNotContaining("canary")
                    .hasMessageNotContaining(Base64.getEncoder().encodeToString(canary));
        }
        assertThatThrownBy(() -> keys.open("1", "not base64 canary"))
                .isInstanceOf(SignerUnavailable.class)
                .hasMessageNotContaining("canary");
    }
}
