// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.local.HttpDynamo;
import io.taskbound.stack.AccessPolicy;
import io.taskbound.stack.AwsCall;
import io.taskbound.stack.StackTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The template's roles against the calls that the code makes (threat model R42): each call is allowed, and nothing is
 * allowed that no call needs. A call added to the code without the role, or the other way round, fails here.
 */
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class RolesOfTheCodeTest {
    /** What Lambda itself does in a role's name: the function's log lines. */
    private static List<AwsCall> andItsLog(List<AwsCall> calls, String log) {
        var lines = Stream.of("logs:CreateLogStream", "logs:PutLogEvents")
                .map(action -> new AwsCall(action, "made-of-" + log + ".Arn", Map.of()));
        return Stream.concat(calls.stream(), lines).toList();
    }

    private static void assertIsWhatTheCodeNeeds(AccessPolicy policy, List<AwsCall> calls) {
        assertThat(policy.refused(calls)).as("calls that are not allowed").isEmpty();
        assertThat(policy.unused(calls)).as("what is allowed and no call needs").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"kms", "sealed"})
    void everyRoleIsWhatItsCodeNeeds(String signer) throws Exception {
        try (var dynamo = HttpDynamo.start();
                var life = new StackLife(dynamo, signer)) {
            var looking = new ArrayList<>(life.looked());
            // By --stack of the command line, whose requests this does not record.
            looking.add(new AwsCall(
                    "cloudformation:DescribeStacks",
                    "arn:aws:cloudformation:eu-central-1:111122223333:stack/taskbound/1",
                    Map.of()));
            var publishing = new ArrayList<>(looking);
            publishing.addAll(life.published());
            var hooking = new ArrayList<>(looking);
            hooking.addAll(life.madeSecrets());
            var importing = new ArrayList<>(looking);
            importing.addAll(life.importedAppKeys());
            var rotating = new ArrayList<AwsCall>();
            if (signer.equals("sealed")) {
                rotating.addAll(life.rotate());
            }
            var function = life.start(InitializationType.FOR_SNAPSHOT);
            var issuing = new ArrayList<>(life.issued(function));
            publishing.addAll(life.published());
            issuing.addAll(life.followed(function));
            if (signer.equals("kms")) {
                rotating.addAll(life.rotate());
            }
            life.waitForTheNewKey();
            issuing.addAll(life.followed(function));
            var operating = new ArrayList<>(looking);
            operating.addAll(life.denied());
            issuing.addAll(life.issued(life.start(InitializationType.ON_DEMAND)));
            var sweeping = life.swept();

            var listing = new ArrayList<>(looking);
            listing.addAll(life.listedKeys());
            listing.add(new AwsCall("lambda:InvokeFunction", life.stack.arn("RotationFunction"), Map.of()));

            assertThat(life.ofRole("IssuerRole").refused(issuing)).isEmpty();
            assertThat(AccessPolicy.ofRole(life.stack, "IssuerRole").unused(andItsLog(issuing, "AuditLog")))
                    .isEmpty();
            assertThat(life.ofRole("RotationRole").refused(rotating)).isEmpty();
            assertThat(AccessPolicy.ofRole(life.stack, "RotationRole").unused(andItsLog(rotating, "RotationLog")))
                    .isEmpty();
            assertIsWhatTheCodeNeeds(AccessPolicy.ofRole(life.stack, "SweepRole"), andItsLog(sweeping, "AuditLog"));
            assertIsWhatTheCodeNeeds(AccessPolicy.managed(life.stack, "RotatorPolicy"), listing);
            assertIsWhatTheCodeNeeds(AccessPolicy.managed(life.stack, "PublisherPolicy"), publishing);
            assertIsWhatTheCodeNeeds(AccessPolicy.managed(life.stack, "OperatorPolicy"), operating);
            assertIsWhatTheCodeNeeds(AccessPolicy.managed(life.stack, "HooksPolicy"), hooking);
            assertIsWhatTheCodeNeeds(AccessPolicy.managed(life.stack, "GithubAppsPolicy"), importing);
            assertNoticesMoreAndLess(life, issuing);
        }
    }

    /** An action added to the role, and a call added to the code. */
    private static void assertNoticesMoreAndLess(StackLife life, List<AwsCall> issuing) {
        var read = "dynamodb:Query, dynamodb:DescribeTimeToLive]";
        var more = life.deploy(StackTemplate.oursWith(read, "dynamodb:Scan, " + read));
        assertThat(AccessPolicy.ofRole(more, "IssuerRole").unused(issuing)).contains("ReadTheLedger dynamodb:Scan");
        var less = life.deploy(StackTemplate.oursWith(read, "dynamodb:Query]"));
        assertThat(AccessPolicy.ofRole(less, "IssuerRole").refused(issuing))
                .filteredOn(call -> call.action().startsWith("dynamodb:"))
                .isNotEmpty()
                .allMatch(call -> call.action().equals("dynamodb:DescribeTimeToLive"));
    }
}
