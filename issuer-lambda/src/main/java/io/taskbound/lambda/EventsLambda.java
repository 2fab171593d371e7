// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.taskbound.events.Publisher;
import io.taskbound.events.PutEvents;
import io.taskbound.events.Undeliverable;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import io.taskbound.ledger.CallTimer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;

/**
 * The function that a subscription of the audit log invokes: it publishes events about tokens on an EventBridge bus
 * (docs/events.md). It has a log of its own; its lines in the audit log would come back to it.
 */
public final class EventsLambda implements RequestStreamHandler {
    /** The most that Lambda hands to a function. */
    private static final int MAX_BYTES = 6 * 1024 * 1024;

    private final Publisher publisher;

    /** What Lambda calls; wrong settings fail the deployment. */
    public EventsLambda() {
        this(EventsSettings.read(System.getenv()), new AwsHttp(System.getenv()));
    }

    private EventsLambda(EventsSettings settings, AwsHttp aws) {
        var credentials = aws.credentials()
                .orElseGet(() -> DefaultCredentialsProvider.builder().build());
        this.publisher = new Publisher(
                new PutEvents(aws.client(), settings.place(), credentials, CallTimer.ofProcess()),
                settings.issuerUrl());
    }

    /** For tests: with the connections and credentials that the SDK finds. */
    static EventsLambda of(EventsSettings settings) {
        return new EventsLambda(settings, new AwsHttp(Map.of()));
    }

    /**
     * @throws Undeliverable where an event was not accepted: Lambda then invokes the function again with the same
     *     delivery, and in the end puts it into the queue for failed ones
     */
    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        int published;
        try {
            published = publisher.publish(input.readNBytes(MAX_BYTES));
        } catch (Undeliverable failed) {
            System.out.println(JsonText.of(JsonObject.builder()
                    .put("result", "failed")
                    .put("detail", String.valueOf(failed.getMessage()))
                    .build()));
            throw failed;
        }
        var answer = JsonText.of(JsonObject.builder()
                .put("result", "published")
                .put("events", published)
                .build());
        System.out.println(answer);
        output.write(answer.getBytes(UTF_8));
    }
}
