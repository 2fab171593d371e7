// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.apps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.taskbound.cli.terminal.Complaint;
import io.taskbound.json.JsonText;
import io.taskbound.token.KmsAppKeys;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.kms.KmsClient;

/** Over real HTTP, with a stand-in of KMS that unwraps what it is given. */
class KmsImportTest {
    private final ImportingKms kms;
    private final KmsClient client;
    private final KmsAppKeys signing;

    KmsImportTest() throws IOException {
        kms = new ImportingKms();
        client = kms.client();
        signing = new KmsAppKeys(client, "", "taskbound");
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

    private static AppKey key(KeyPair pair) throws Complaint {
        return AppKey.read(
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(pair.getPrivate().getEncoded())
                        + "\n-----END PRIVATE KEY-----\n",
                "it");
    }

    private String bring(AppKey key) throws Complaint {
        return new KmsImport(client, "taskbound").bring("12345", key, signing);
    }

    @ParameterizedTest
    @ValueSource(ints = {2048, 3072})
    void theKeyOfKmsIsTheAppsAndOfItsLength(int bits) throws Exception {
        var key = key(rsa(bits));
        var arn = bring(key);
        assertThat(arn).isEqualTo(ImportingKms.ARN);
        assertThat(key.isSignedBy(signing.inKms(arn))).isTrue();
        assertThat(JsonText.of(kms.created()))
                .contains("\"KeySpec\":\"RSA_" + bits + "\"", "\"KeyUsage\":\"SIGN_VERIFY\"", "\"Origin\":\"EXTERNAL\"")
                .contains("{\"TagKey\":\"taskbound:table\",\"TagValue\":\"taskbound\"}");
        assertThat(kms.operations).doesNotContain("ScheduleKeyDeletion");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GetParametersForImport", "ImportKeyMaterial", "Sign"})
    void aKeyThatDidNotGetSoFarIsDeletedAgain(String operation) throws Exception {
        kms.refused = operation;
        var key = key(rsa(2048));
        var complaint = catchThrowableOfType(Complaint.class, () -> bring(key));
        assertThat(complaint.what()).startsWith("The key was not brought into KMS");
        assertThat(complaint.remedy()).contains(ImportingKms.ARN + " is deleted in a week");
        assertThat(kms.operations).endsWith("ScheduleKeyDeletion");
    }

    @Test
    void aKeyThatSignsAsAnotherIsNotTakenForThisOne() throws Exception {
        kms.have(rsa(2048).getPrivate());
        var key = key(rsa(2048));
        assertThat(catchThrowableOfType(Complaint.class, () -> bring(key)).what())
                .contains("KMS signs with another key");
        assertThat(kms.operations).endsWith("ScheduleKeyDeletion");
    }

    @Test
    void withoutTheRightToMakeOneNothingIsDone() throws Exception {
        kms.refused = "CreateKey";
        var key = key(rsa(2048));
        assertThat(catchThrowableOfType(Complaint.class, () -> bring(key)).what())
                .startsWith("KMS made no key");
        assertThat(kms.operations).containsOnly("CreateKey");
    }
}
