// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.taskbound.events.Delivery;
import io.taskbound.events.Undeliverable;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import io.taskbound.local.AwsCli;
import io.taskbound.local.AwsServer;
import io.taskbound.local.OnAwsServer;
import io.taskbound.stack.StackTemplate;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/**
 * From lines of the audit log, as CloudWatch Logs hands them over, through the function to a queue that subscribed by
 * one of the patterns in contract/events, on the AWS-compatible server. Its matching of patterns is not ours.
 */
@ResourceLock(Resources.SYSTEM_PROPERTIES)
@ExtendWith(OnAwsServer.class)
class EventsOnAwsServerIT {
    private static final Map<String, String> OURS = Map.of("aws.accessKeyId", "local", "aws.secretAccessKey", "local");
    private static final List<String> NAMES = List.of("granted", "refused", "ended", "missing-close");

    private static AwsServer aws;
    private static AwsCli cli;

    @BeforeAll
    static void subscribe(AwsServer server) throws Exception {
        aws = server;
        cli = AwsCli.on(server, StackTemplate.ROOT);
        OURS.forEach(System::setProperty);
        run("events", "create-event-bus", "--name", "ci");
        for (var name : NAMES) {
            run("sqs", "create-queue", "--queue-name", name);
            var pattern = StackTemplate.ROOT.resolve("contract/events/patterns/" + name + ".json");
            run("events", "put-rule", "--event-bus-name", "ci", "--name", name, "--event-pattern", "file://" + pattern);
            var target = "Id=1,Arn=arn:aws:sqs:us-east-1:123456789012:" + name;
            run("events", "put-targets", "--event-bus-name", "ci", "--rule", name, "--targets", target);
        }
    }

    @AfterAll
    static void forget() {
        OURS.keySet().forEach(System::clearProperty);
    }

    private static String run(String... arguments) throws Exception {
        var credentials = Map.of("AWS_ACCESS_KEY_ID", "local", "AWS_SECRET_ACCESS_KEY", "local");
        // The command line has an address of its own for queues, and takes no other from the environment.
        var all = new ArrayList<>(List.of("--endpoint-url", aws.endpoint().toString()));
        all.addAll(List.of(arguments));
        return cli.run(credentials, all);
    }

    private static EventsLambda function(String bus) {
        return EventsLambda.of(EventsSettings.read(Map.of(
                "TASKBOUND_ISSUER_URL",
                "https://tokens.acme.example",
                "TASKBOUND_EVENT_BUS",
                bus,
                "TASKBOUND_EVENTS_ENDPOINT",
                aws.endpoint().toString(),
                "AWS_REGION",
                "us-east-1")));
    }

    private static String invoke(EventsLambda function, byte[] delivery) throws IOException {
        var answer = new ByteArrayOutputStream();
        function.handleRequest(new ByteArrayInputStream(delivery), answer, new StandInContext());
        return answer.toString(UTF_8);
    }

    private static List<String> lines() throws Exception {
        var vectors = (JsonArray)
                StrictJson.parse(Files.readAllBytes(StackTemplate.ROOT.resolve("contract/events/lines.json")));
        return vectors.items().stream()
                .map(vector -> JsonText.of(((JsonObject) vector).object("line").orElseThrow()))
                .toList();
    }

    private static List<JsonObject> received(String queue) throws Exception {
        var url = run("sqs", "get-queue-url", "--queue-name", queue, "--output", "text")
                .strip();
        var answer = run("sqs", "receive-message", "--queue-url", url, "--max-number-of-messages", "10");
        var messages = new ArrayList<JsonObject>();
        if (!answer.isBlank()) {
            for (var message : object(answer).array("Messages").orElseThrow().items()) {
                messages.add(object(((JsonObject) message).string("Body").orElseThrow()));
            }
        }
        return messages;
    }

    private static JsonObject object(String json) throws MalformedJson {
        return StrictJson.parseObject(json.getBytes(UTF_8));
    }

    @Test
    void aSubscriberGetsTheEventsOfItsPatternAndNoOthers() throws Exception {
        assertThat(invoke(function("ci"), Delivery.of(lines()))).isEqualTo("{\"result\":\"published\",\"events\":4}");

        var schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(StackTemplate.ROOT.resolve("contract/events/events.schema.json")));
        for (var name : NAMES) {
            var sample =
                    object(Files.readString(StackTemplate.ROOT.resolve("contract/events/samples/" + name + ".json")));
            assertThat(received(name)).as(name).singleElement().satisfies(event -> {
                assertThat(event.get("detail")).isEqualTo(sample.get("detail"));
                assertThat(event.get("detail-type")).isEqualTo(sample.get("detail-type"));
                assertThat(event.get("time")).isEqualTo(sample.get("time"));
                assertThat(schema.validate(JsonText.of(event), InputFormat.JSON))
                        .isEmpty();
            });
        }
    }

    @Test
    void aDeliveryThatCannotBeReadFailsForLambdaToPutItAway() {
        assertThatThrownBy(() -> invoke(function("ci"), "{}".getBytes(UTF_8))).isInstanceOf(Undeliverable.class);
    }
}
