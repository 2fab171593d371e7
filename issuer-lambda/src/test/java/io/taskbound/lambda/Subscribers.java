// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import io.taskbound.local.AwsStack;
import io.taskbound.stack.StackTemplate;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/**
 * An EventBridge bus on the AWS-compatible server, and a queue for each pattern of contract/events that is published by
 * now. The matching of patterns is not ours.
 */
record Subscribers(AwsStack aws, String bus) implements AutoCloseable {
    static final List<String> NAMES = List.of("granted", "refused", "ended", "missing-close", "approval-requested");
    private static final String ACCOUNT = "123456789012";

    /** Makes the bus, and everything on it. */
    static Subscribers of(AwsStack aws, String bus) throws Exception {
        aws.call("events", "AWSEvents.CreateEventBus", object("Name", bus));
        for (var name : NAMES) {
            aws.call("sqs", "AmazonSQS.CreateQueue", object("QueueName", name));
            aws.call(
                    "events",
                    "AWSEvents.PutRule",
                    object("Name", name, "EventBusName", bus, "EventPattern", pattern(name)));
            var target = JsonObject.builder()
                    .put("Id", "1")
                    .put("Arn", "arn:aws:sqs:" + AwsStack.REGION + ":" + ACCOUNT + ":" + name)
                    .build();
            aws.call(
                    "events",
                    "AWSEvents.PutTargets",
                    JsonText.of(JsonObject.builder()
                            .put("Rule", name)
                            .put("EventBusName", bus)
                            .put("Targets", new JsonArray(List.of(target)))
                            .build()));
        }
        return new Subscribers(aws, bus);
    }

    private static String pattern(String name) throws IOException {
        return Files.readString(StackTemplate.ROOT.resolve("contract/events/patterns/" + name + ".json"));
    }

    static String object(String... members) {
        var object = JsonObject.builder();
        for (int i = 0; i < members.length; i += 2) {
            object.put(members[i], members[i + 1]);
        }
        return JsonText.of(object.build());
    }

    /** The events that a queue has got since the last time. */
    List<JsonObject> received(String name) throws Exception {
        return taken(aws, url(aws, name)).stream().map(DeployedStack::parsed).toList();
    }

    static String url(AwsStack aws, String queue) throws Exception {
        var answer = aws.call("sqs", "AmazonSQS.GetQueueUrl", object("QueueName", queue));
        return DeployedStack.parsed(answer).string("QueueUrl").orElseThrow();
    }

    /** What is in a queue, which is empty then. */
    static List<String> taken(AwsStack aws, String url) throws Exception {
        var bodies = new ArrayList<String>();
        while (true) {
            var answer = DeployedStack.parsed(aws.call("sqs", "AmazonSQS.ReceiveMessage", object("QueueUrl", url)));
            var messages = answer.array("Messages").map(JsonArray::items).orElse(List.of());
            if (messages.isEmpty()) {
                return bodies;
            }
            for (var message : messages) {
                var read = (JsonObject) message;
                bodies.add(read.string("Body").orElseThrow());
                var receipt = read.string("ReceiptHandle").orElseThrow();
                aws.call("sqs", "AmazonSQS.DeleteMessage", object("QueueUrl", url, "ReceiptHandle", receipt));
            }
        }
    }

    /** Takes the bus away, and with it its rules; the queues stay. */
    @Override
    public void close() throws IOException, InterruptedException {
        aws.call("events", "AWSEvents.DeleteEventBus", object("Name", bus));
    }
}
