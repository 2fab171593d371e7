// SPDX-License-Identifier: Apache-2.0
package io.taskbound.token;

import io.taskbound.local.AwsServer;
import io.taskbound.local.OnAwsServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;

/** The contract with the KMS of the AWS-compatible server, which somebody else wrote. */
@ExtendWith(OnAwsServer.class)
class KmsDataKeysOnAwsServerIT extends DataKeysContract {
    private static KmsClient kms;
    private static String key = "";

    @BeforeAll
    static void start(AwsServer server) {
        kms = KmsClient.builder()
                .endpointOverride(server.endpoint())
                .credentialsProvider(server.credentials())
                .region(Region.US_EAST_1)
                .build();
        key = kms.createKey(request -> {}).keyMetadata().arn();
    }

    @AfterAll
    static void stop() {
        kms.close();
    }

    @Override
    DataKeys keys() {
        return new KmsDataKeys(kms, key, "taskbound");
    }
}
