// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Does for the events function of a stack what Lambda does and the AWS-compatible server does not: runs it, from the
 * zip that is deployed and with the stack's settings, on what the subscription of the audit log hands over; tries again
 * what failed, and puts away what keeps failing, both as the stack says.
 */
final class EventsRun implements AutoCloseable {
    private final DeployedStack stack;
    private final String invocations;
    private final int attempts;
    private final String putAway;
    private final RuntimeApi api;
    private final FunctionProcess function;

    private EventsRun(DeployedStack stack, String name, JsonObject failures) throws Exception {
        this.stack = stack;
        var queue = "invocations-" + name;
        stack.stack().call("sqs", "AmazonSQS.CreateQueue", Subscribers.object("QueueName", queue));
        this.invocations = Subscribers.url(stack.stack(), queue);
        this.attempts = 1 + (int) failures.wholeNumber("MaximumRetryAttempts").orElseThrow();
        var destination = failures.object("DestinationConfig")
                .flatMap(config -> config.object("OnFailure"))
                .flatMap(failure -> failure.string("Destination"))
                .orElseThrow();
        this.putAway = Subscribers.url(stack.stack(), afterLastColon(destination));
        this.api = new RuntimeApi();
        var settings = stack.settings(name);
        // The stack's is EventBridge's own address.
        settings.put(EventsSettings.ENDPOINT, stack.aws().endpoint().toString());
        this.function = stack.start(api, EventsLambda.class, settings);
    }

    /** Finds the function by the subscription of the stack's audit log. */
    static EventsRun of(DeployedStack stack) throws Exception {
        var answer = stack.stack()
                .call(
                        "logs",
                        "Logs_20140328.DescribeSubscriptionFilters",
                        Subscribers.object("logGroupName", stack.output("AuditLogGroup")));
        var name = DeployedStack.parsed(answer)
                .array("subscriptionFilters")
                .map(JsonArray::items)
                .filter(filters -> filters.size() == 1)
                .flatMap(filters -> ((JsonObject) filters.get(0)).string("destinationArn"))
                .map(EventsRun::afterLastColon)
                .orElseThrow(() -> new AssertionError(answer));
        return new EventsRun(stack, name, DeployedStack.parsed(stack.stack().failures(name)));
    }

    private static String afterLastColon(String arn) {
        return arn.substring(arn.lastIndexOf(':') + 1);
    }

    /** Everything that was handed over since the last time; the answers. */
    List<String> run() throws Exception {
        var answers = new ArrayList<String>();
        for (var event : Subscribers.taken(stack.stack(), invocations)) {
            runOrPutAway(event).ifPresent(answers::add);
        }
        return answers;
    }

    /** The answer; absent if the event was put away. */
    Optional<String> runOrPutAway(String event) throws Exception {
        for (int attempt = 1; ; attempt++) {
            try {
                return Optional.of(invoke(event));
            } catch (AssertionError failed) {
                if (!failed.toString().contains("Undeliverable")) {
                    throw failed;
                }
                if (attempt == attempts) {
                    putAway(event, failed.toString());
                    return Optional.empty();
                }
            }
        }
    }

    String invoke(String event) {
        return api.invoke(event);
    }

    /** The members of Lambda's record that the runbook reads, and why. */
    private void putAway(String event, String why) throws Exception {
        var failed = JsonText.of(JsonObject.builder()
                .put(
                        "requestContext",
                        JsonObject.builder()
                                .put("condition", "RetriesExhausted")
                                .put("approximateInvokeCount", attempts)
                                .build())
                .put("requestPayload", DeployedStack.parsed(event))
                .put(
                        "responsePayload",
                        JsonObject.builder().put("errorMessage", why).build())
                .build());
        stack.stack()
                .call("sqs", "AmazonSQS.SendMessage", Subscribers.object("QueueUrl", putAway, "MessageBody", failed));
    }

    @Override
    public void close() {
        function.close();
        api.close();
    }
}
