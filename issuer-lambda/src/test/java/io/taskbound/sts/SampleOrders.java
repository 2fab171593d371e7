// SPDX-License-Identifier: Apache-2.0
package io.taskbound.sts;

import io.taskbound.credential.CredentialOrder;
import io.taskbound.identity.Requester;
import io.taskbound.policy.AwsRole;
import io.taskbound.task.ProviderName;
import io.taskbound.task.TaskName;
import io.taskbound.token.Jti;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a test of this package asks for. */
final class SampleOrders {
    static final String ROLE_ARN = "arn:aws:iam::111122223333:role/migration";
    static final AwsRole ROLE =
            new AwsRole(ROLE_ARN, Map.of("read", List.of("s3:GetObject")), List.of(), Optional.of("eu-central-1"));
    static final Jti HANDLE = new Jti("0aZ_-".repeat(4) + "ab", "9-_zA".repeat(6) + "xy");

    private SampleOrders() {}

    /** Of a lease that ends in {@code lease}, of a token that lives {@code life}. */
    static CredentialOrder of(Instant now, Duration lease, Duration life) {
        return of(now, lease, life, "2002/7001/1");
    }

    static CredentialOrder of(Instant now, Duration lease, Duration life, String run) {
        var requester = new Requester(
                new ProviderName("github"),
                "https://token.actions.githubusercontent.com",
                "repo:acme/shop:ref:refs/heads/main",
                "repo:1001/2002",
                Optional.of("2002"),
                Optional.of("acme/shop"),
                run,
                Optional.empty(),
                Optional.of("octocat"),
                Optional.empty(),
                now,
                now.plusSeconds(300));
        return new CredentialOrder(
                HANDLE, new TaskName("migrate-dataset"), requester, now, now.plus(lease), now.plus(life));
    }

    /** As the issuer makes them: one prefix, one action, and the time. */
    static String policy(String bucket, Instant notAfter) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":[\"s3:GetObject\"],"
                + "\"Resource\":[\"arn:aws:s3:::" + bucket + "/datasets/a/*\"],"
                + "\"Condition\":{\"DateLessThan\":{\"aws:CurrentTime\":\"" + notAfter + "\"}}}]}";
    }
}
