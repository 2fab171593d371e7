// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.cli.Ran;
import io.taskbound.local.AwsServer;
import io.taskbound.local.OnAwsServer;
import java.time.Instant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.InputLogEvent;

/** {@code policy explain --log-group} against a CloudWatch Logs that somebody else wrote. */
@ExtendWith(OnAwsServer.class)
class LogGroupOnAwsServerIT {
    private static final String GROUP = "/aws/lambda/taskbound";
    private static String endpoint = "";

    @BeforeAll
    static void write(AwsServer server) {
        endpoint = server.endpoint().toString();
        try (var logs = CloudWatchLogsClient.builder()
                .endpointOverride(server.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(server.credentials())
                .build()) {
            logs.createLogGroup(group -> group.logGroupName(GROUP));
            logs.createLogStream(stream -> stream.logGroupName(GROUP).logStreamName("one"));
            logs.putLogEvents(lines -> lines.logGroupName(GROUP)
                    .logStreamName("one")
                    .logEvents(event("START RequestId"), event(decision("R1"))));
        }
    }

    private static InputLogEvent event(String message) {
        return InputLogEvent.builder()
                .timestamp(Instant.now().toEpochMilli())
                .message(message)
                .build();
    }

    private static String decision(String id) {
        return "{\"time\":\"2026-11-24T10:00:00Z\",\"request_id\":\"" + id
                + "\",\"event\":\"mint\",\"task\":\"sign-release\",\"reason\":\"not_allowed\",\"result\":\"refused\"}";
    }

    private static Ran explain(String id, String group) {
        return Ran.of(
                "policy",
                "explain",
                "--request-id",
                id,
                "--log-group",
                group,
                "--region",
                "us-east-1",
                "--endpoint-url",
                endpoint);
    }

    @Test
    void findsTheDecision() {
        assertThat(explain("R1", GROUP).out()).contains("mint REFUSED", "sign-release", "not_allowed");
    }

    @Test
    void saysThatThereIsNone() {
        assertThat(explain("R2", GROUP).err()).contains("no decision with this request id");
    }

    @Test
    void saysThatThereIsNoSuchGroup() {
        assertThat(explain("R1", "/aws/lambda/other").err()).contains("There is no log group");
    }
}
