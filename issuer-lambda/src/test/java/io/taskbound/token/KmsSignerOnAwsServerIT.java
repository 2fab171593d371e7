// SPDX-License-Identifier: Apache-2.0
package io.taskbound.token;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskbound.local.AwsServer;
import io.taskbound.local.OnAwsServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.KeyUsageType;

/** The contract with the KMS of the AWS-compatible server, which makes real keys and real signatures. */
@ExtendWith(OnAwsServer.class)
class KmsSignerOnAwsServerIT extends TaskSignerContract {
    private static KmsClient kms;

    @BeforeAll
    static void start(AwsServer server) {
        kms = KmsClient.builder()
                .endpointOverride(server.endpoint())
                .credentialsProvider(server.credentials())
                .region(Region.US_EAST_1)
                .build();
    }

    @AfterAll
    static void stop() {
        kms.close();
    }

    @Override
    TaskSigner signer() throws SignerUnavailable {
        return KmsSigner.open(kms, key(KeySpec.ECC_NIST_P256, KeyUsageType.SIGN_VERIFY));
    }

    private static String key(KeySpec spec, KeyUsageType usage) {
        return kms.createKey(key -> key.keySpec(spec).keyUsage(usage))
                .keyMetadata()
                .arn();
    }

    @Test
    void refusesAKeyOfAnotherCurve() {
        var other = key(KeySpec.ECC_NIST_P384, KeyUsageType.SIGN_VERIFY);
        assertThatThrownBy(() -> KmsSigner.open(kms, other)).isInstanceOf(SignerUnavailable.class);
    }

    @Test
    void refusesAKeyThatEncrypts() {
        var other = key(KeySpec.SYMMETRIC_DEFAULT, KeyUsageType.ENCRYPT_DECRYPT);
        assertThatThrownBy(() -> KmsSigner.open(kms, other)).isInstanceOf(SignerUnavailable.class);
    }
}
