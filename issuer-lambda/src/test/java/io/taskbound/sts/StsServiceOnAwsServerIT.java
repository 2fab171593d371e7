// SPDX-License-Identifier: Apache-2.0
package io.taskbound.sts;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.local.AwsServer;
import io.taskbound.local.OnAwsServer;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;

/** The contract with a second server that reads AWS's requests. It evaluates no policy, and knows no trust of roles. */
@ExtendWith(OnAwsServer.class)
class StsServiceOnAwsServerIT extends StsServiceContract {
    private static AwsServer aws;

    @BeforeAll
    static void start(AwsServer server) {
        aws = server;
    }

    @Override
    URI endpoint() {
        return aws.endpoint();
    }

    @Override
    AwsCredentialsProvider credentials() {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIAISSUER", "secret"));
    }

    @Test
    void theSessionIsTheRolesUnderTheHandlesName() throws Exception {
        var order = SampleOrders.of(now, Duration.ofMinutes(2), Duration.ofMinutes(10));
        var given = service()
                .assume(
                        SampleOrders.ROLE,
                        SampleOrders.policy("legacy-exports", StsService.notAfter(order, StsService.SKEW)),
                        order)
                .secret();
        var session = StaticCredentialsProvider.create(AwsSessionCredentials.create(
                given.string("access_key_id").orElseThrow(),
                given.string("secret_access_key").orElseThrow(),
                given.string("session_token").orElseThrow()));

        try (var sts = StsClient.builder()
                .endpointOverride(endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(session)
                .build()) {
            assertThat(sts.getCallerIdentity().arn())
                    .isEqualTo("arn:aws:sts::111122223333:assumed-role/migration/" + SampleOrders.HANDLE);
        }
    }
}
