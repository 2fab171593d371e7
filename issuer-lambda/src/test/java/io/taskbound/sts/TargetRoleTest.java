// SPDX-License-Identifier: Apache-2.0
package io.taskbound.sts;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.local.sts.GrantedSession;
import io.taskbound.local.sts.StandInRole;
import io.taskbound.local.sts.StandInSts;
import io.taskbound.stack.AccessPolicy;
import io.taskbound.stack.AwsCall;
import io.taskbound.stack.Deployment;
import io.taskbound.stack.StackTemplate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;

/** infra/target-role.yaml against the request that the issuer makes: the example lets that in, and nothing else. */
class TargetRoleTest {
    private static final String ISSUER = "arn:aws:iam::111122223333:role/taskbound-issuer";
    private static final Deployment STACK = StackTemplate.read(StackTemplate.ROOT.resolve("infra/target-role.yaml"))
            .deployed(Map.of("IssuerRoleArn", ISSUER, "SourceBucket", "legacy-exports", "TargetBucket", "new-lake"))
            .with(Map.of("Role.Arn", SampleOrders.ROLE_ARN));
    private static GrantedSession asked;

    /** The request as it reached the stand-in. */
    @BeforeAll
    static void ask() throws Exception {
        var credentials = StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIAISSUER", "secret"));
        try (var sts = StandInSts.start(Clock.systemUTC());
                var http = Apache5HttpClient.create();
                var client = StsClients.at(sts.endpoint(), credentials, http, Timers.TIMER)) {
            sts.key("AKIAISSUER", "secret", ISSUER);
            sts.role(StandInRole.trusting(SampleOrders.ROLE_ARN, ISSUER));
            var order = SampleOrders.of(Instant.now(), Duration.ofMinutes(2), Duration.ofMinutes(10));
            new StsService(() -> client)
                    .assume(SampleOrders.ROLE, SampleOrders.policy("legacy-exports", order.dead()), order);
            asked = sts.sessions().get(0);
        }
    }

    private static Map<String, List<String>> context() {
        var context = new HashMap<String, List<String>>();
        context.put("sts:RoleSessionName", List.of(asked.sessionName()));
        context.put("sts:SourceIdentity", List.of(asked.sourceIdentity().orElseThrow()));
        context.put("aws:TagKeys", List.copyOf(asked.tags().keySet()));
        asked.tags().forEach((key, value) -> context.put("aws:RequestTag/" + key, List.of(value)));
        return context;
    }

    private static boolean trusts(String principal, String action, Map<String, List<String>> context) {
        return AccessPolicy.ofTrust(STACK, "Role", principal)
                .allows(new AwsCall(action, SampleOrders.ROLE_ARN, context));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"})
    void letsTheIssuerInForAStepOfTheTask(String action) {
        assertThat(trusts(ISSUER, action, context())).isTrue();
        assertThat(trusts(ISSUER + "-other", action, context())).isFalse();
        assertThat(trusts("arn:aws:iam::111122223333:root", action, context())).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "aws:RequestTag/taskbound:task,deploy",
        "sts:SourceIdentity,somebody",
        "sts:RoleSessionName,session",
        "sts:TransitiveTagKeys,taskbound:task"
    })
    void refusesAnotherTaskAnotherNameAndTagsThatWouldGoOn(String key, String other) {
        var context = context();
        context.put(key, List.of(other));
        assertThat(trusts(ISSUER, "sts:AssumeRole", context)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"aws:RequestTag/taskbound:task", "sts:SourceIdentity", "sts:RoleSessionName", "aws:TagKeys"})
    void refusesARequestThatSaysNothingOfTheStep(String key) {
        var context = context();
        context.remove(key);
        assertThat(trusts(ISSUER, "sts:AssumeRole", context)).isFalse();
    }

    /** It would take the place of the role's own tag. */
    @Test
    void refusesATagThatIsNotOurs() {
        var context = context();
        var keys = new ArrayList<>(context.get("aws:TagKeys"));
        keys.add("project");
        context.put("aws:TagKeys", keys);
        assertThat(trusts(ISSUER, "sts:TagSession", context)).isFalse();
    }

    @Test
    void isBoundedToTheTwoBuckets() {
        assertThat(STACK.properties("Role")).containsEntry("PermissionsBoundary", "made-of-Boundary");
        var boundary = AccessPolicy.managed(STACK, "Boundary");
        var own = StackTemplate.list(STACK.properties("Role").get("Policies")).get(0);
        var role = AccessPolicy.ofDocument(StackTemplate.map(own).get("PolicyDocument"));
        for (var policy : List.of(boundary, role)) {
            assertThat(policy.allows(onS3("GetObject", "legacy-exports/datasets/a/1")))
                    .isTrue();
            assertThat(policy.allows(onS3("ListBucket", "legacy-exports"))).isTrue();
            assertThat(policy.allows(onS3("PutObject", "new-lake/imports/a/1"))).isTrue();
            assertThat(policy.allows(onS3("AbortMultipartUpload", "new-lake/imports/a/1")))
                    .isTrue();
            assertThat(policy.allows(onS3("GetObject", "payroll/1"))).isFalse();
            assertThat(policy.allows(onS3("DeleteObject", "legacy-exports/datasets/a/1")))
                    .isFalse();
        }
        assertThat(role.allows(onS3("PutObject", "legacy-exports/datasets/a/1")))
                .isFalse();
        assertThat(role.allows(onS3("GetObject", "new-lake/imports/a/1"))).isFalse();
    }

    private static AwsCall onS3(String action, String resource) {
        return new AwsCall("s3:" + action, "arn:aws:s3:::" + resource, Map.of());
    }
}
